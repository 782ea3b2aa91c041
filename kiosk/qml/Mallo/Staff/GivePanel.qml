pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Staff
import Mallo.Theme

// A manager gives an order to somebody: a number key or a press, and their window rings.
Dialog {
    id: panel

    required property GiveModel give

    objectName: "givePanel"
    shown: give.order > 0
    sheetWidth: 1300 * Theme.unit
    title: qsTr("%1번 주문을 누가 맡을까요?").arg(give.order)
    body: qsTr("번호를 누르면 그 사람 화면에 소리와 함께 떠요.")
    actions: [
        DeskButton {
            objectName: "closeGive"
            kind: "outline"
            textSize: Theme.textM
            text: qsTr("닫기 (Esc)")
            onActed: panel.give.close()
        }
    ]

    Column {
        id: list
        width: parent.width
        spacing: Theme.spaceM

        Repeater {
            model: panel.give.rows

            DeskButton {
                id: row

                required property string userId
                required property int number
                required property string name
                required property int load
                required property bool has

                objectName: "give_" + userId
                width: list.width
                implicitHeight: Theme.touchTarget * 1.5
                focusPolicy: Qt.NoFocus
                activeFocusOnTab: false
                text: qsTr("%1번, %2, %3").arg(number).arg(name).arg(state)
                state: has ? qsTr("지금 맡고 있어요") : load > 0 ? qsTr("%1건 맡는 중").arg(load) : qsTr("맡은 것 없음")
                onActed: panel.give.to(userId)

                background: Rectangle {
                    radius: Theme.radius
                    color: row.has ? Theme.quiet : Theme.card
                    border.width: Theme.line
                    border.color: Theme.edgeStrong
                }

                contentItem: Item {
                    KeyCap {
                        id: cap
                        anchors { left: parent.left; verticalCenter: parent.verticalCenter }
                        text: row.number
                    }

                    Label {
                        anchors { left: cap.right; leftMargin: Theme.spaceL; right: state.left; rightMargin: Theme.spaceM; verticalCenter: parent.verticalCenter }
                        text: row.name
                        strong: true
                        font.pixelSize: Theme.textM
                    }

                    Label {
                        id: state
                        anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                        text: row.state
                        second: true
                        wrapMode: Text.NoWrap
                    }
                }
            }
        }
    }
}
