pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Manager
import Mallo.Theme

// The chosen version, what it was made of behind a slider, and all versions as a strip.
Item {
    id: stage

    required property StudioModel work
    property real split: 0.5

    function kindOf(kind: string): string {
        switch (kind) {
        case "generate": return qsTr("만듦");
        case "edit": return qsTr("고침");
        case "upload": return qsTr("올림");
        default: return qsTr("자름");
        }
    }

    Card {
        id: frame
        width: parent.width
        height: parent.height - strip.height - Theme.spaceL

        Item {
            id: holder
            anchors { fill: parent; margins: Theme.spaceM }

            Image {
                id: after
                objectName: "studioPicture"
                anchors.fill: parent
                source: stage.work.picture
                fillMode: Image.PreserveAspectFit
                retainWhileLoading: true
                Accessible.role: Accessible.Graphic
                Accessible.name: stage.work.alt
            }

            Label {
                anchors.centerIn: parent
                width: parent.width * 0.7
                visible: stage.work.versionId === ""
                text: qsTr("왼쪽에서 그림을 고르거나, 오른쪽에서 새로 만들어 주세요.")
                second: true
                horizontalAlignment: Text.AlignHCenter
            }

            Item {
                id: half
                visible: stage.work.before !== "" && stage.work.versionId !== ""
                width: slider.x + slider.width / 2
                height: parent.height
                clip: true

                Rectangle {
                    anchors.fill: parent
                    color: Theme.card
                }

                Image {
                    objectName: "studioBefore"
                    width: holder.width
                    height: holder.height
                    source: stage.work.before
                    fillMode: Image.PreserveAspectFit
                    retainWhileLoading: true
                }

                Tag {
                    x: Theme.spaceS
                    y: Theme.spaceS
                    text: qsTr("전")
                }
            }

            Tag {
                anchors { right: parent.right; top: parent.top; margins: Theme.spaceS }
                visible: half.visible
                text: qsTr("후")
            }

            Rectangle {
                visible: half.visible
                x: slider.x + slider.width / 2 - width / 2
                width: Theme.line * 2
                height: parent.height
                color: Theme.primary
            }

            Tappable {
                id: slider
                objectName: "compare"
                visible: half.visible
                x: stage.split * (parent.width - width)
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.touchTarget
                height: width
                text: qsTr("전과 후를 견주는 손잡이")
                Keys.onLeftPressed: stage.split = Math.max(0, stage.split - 0.05)
                Keys.onRightPressed: stage.split = Math.min(1, stage.split + 0.05)

                Rectangle {
                    anchors.fill: parent
                    radius: width / 2
                    color: Theme.primary
                    border { width: Theme.line; color: Theme.primaryInk }

                    Label {
                        anchors.centerIn: parent
                        text: "↔"
                        strong: true
                        color: Theme.primaryInk
                        Accessible.ignored: true
                    }
                }

                DragHandler {
                    target: null
                    xAxis.enabled: true
                    yAxis.enabled: false
                    onCentroidChanged: {
                        if (active)
                            stage.split = Math.max(0, Math.min(1, slider.mapToItem(holder, centroid.position.x, 0).x / holder.width));
                    }
                }
            }
        }
    }

    Flickable {
        id: strip
        objectName: "versionStrip"
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: 380 * Theme.unit
        visible: stage.work.versionId !== ""
        contentWidth: row.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Row {
            id: row
            height: parent.height
            spacing: Theme.spaceM

            Repeater {
                model: stage.work.versions

                Tappable {
                    id: cell

                    required property string versionId
                    required property int number
                    required property string kind
                    required property string picture
                    required property string wish
                    required property string by
                    required property string time
                    required property bool chosen
                    required property bool live
                    required property bool refused

                    objectName: "version"
                    width: strip.height * 1.05
                    height: strip.height - 2 * Theme.line
                    text: qsTr("%1판").arg(number) + ", " + stage.kindOf(kind)
                    onActed: stage.work.chooseVersion(cell.versionId)

                    Rectangle {
                        anchors.fill: parent
                        radius: Theme.radius
                        color: Theme.card
                        border.width: cell.chosen ? Theme.line * 3 : Theme.line
                        border.color: cell.chosen ? Theme.primary : Theme.edge

                        Picture {
                            id: small
                            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.spaceS }
                            height: parent.height - note.height - 3 * Theme.spaceS
                            source: cell.picture
                            around: Theme.card
                        }

                        Label {
                            id: note
                            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Theme.spaceS }
                            text: qsTr("%1판").arg(cell.number) + " · " + cell.time + "\n" + (cell.live ? qsTr("게시 중") : stage.kindOf(cell.kind))
                            strong: cell.live
                            color: cell.live ? Theme.good : Theme.ink
                            horizontalAlignment: Text.AlignHCenter
                        }
                    }
                }
            }
        }
    }
}
