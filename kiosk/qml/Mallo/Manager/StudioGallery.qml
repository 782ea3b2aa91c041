pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Manager
import Mallo.Theme

// The newest version of each picture; what is on a menu card says so.
Item {
    id: gallery

    required property StudioModel work

    signal uploadWanted

    Field {
        id: search
        objectName: "studioSearch"
        y: Theme.spaceL * 1.2
        width: parent.width
        label: qsTr("그림 찾기")
        onTextEdited: gallery.work.search(text)
    }

    ScrollPane {
        id: pane
        anchors { left: parent.left; right: parent.right; top: search.bottom; bottom: upload.top; topMargin: Theme.spaceM; bottomMargin: Theme.spaceM }
        contentHeight: column.height

        Column {
            id: column
            width: parent.width
            spacing: Theme.spaceM

            Label {
                width: parent.width
                visible: list.count === 0
                text: qsTr("아직 그림이 없어요. 오른쪽에서 메뉴를 고르고 만들거나 사진을 올려 주세요.")
                second: true
            }

            Repeater {
                id: list
                model: gallery.work.gallery

                Tappable {
                    id: row

                    required property string pictureId
                    required property string picture
                    required property string name
                    required property int number
                    required property bool chosen
                    required property bool live

                    objectName: "galleryRow"
                    width: column.width
                    height: card.height
                    text: row.name
                    onActed: gallery.work.choosePicture(row.pictureId)

                    Card {
                        id: card
                        width: parent.width
                        height: plate.height + caption.height + 3 * Theme.spaceM
                        edge: row.chosen ? Theme.primary : Theme.edge
                        edgeWidth: row.chosen ? Theme.line * 3 : Theme.line

                        Picture {
                            id: plate
                            x: Theme.spaceM
                            y: Theme.spaceM
                            width: parent.width - 2 * x
                            height: width * 0.75
                            source: row.picture
                            around: Theme.card
                        }

                        Label {
                            id: caption
                            anchors { left: plate.left; right: plate.right; top: plate.bottom; topMargin: Theme.spaceM }
                            text: (row.name !== "" ? row.name : qsTr("메뉴 없음")) + " · " + (row.live ? qsTr("게시 중") : qsTr("%1판").arg(row.number))
                            strong: row.live
                            color: row.live ? Theme.good : Theme.ink
                        }
                    }
                }
            }
        }
    }

    DeskButton {
        id: upload
        objectName: "upload"
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        text: qsTr("사진 올리기")
        onActed: gallery.uploadWanted()
    }
}
