pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Staff
import Mallo.Theme

// The sold-out switches: a number key or a press turns one, and every kiosk shows it at once.
Dialog {
    id: panel

    required property ShelfModel shelf

    objectName: "soldOutPanel"
    shown: shelf.shown
    sheetWidth: 1700 * Theme.unit
    title: qsTr("품절 표시")
    body: qsTr("번호를 누르면 바뀌고, 키오스크에 바로 보여요.")
    actions: [
        DeskButton {
            objectName: "closeSoldOut"
            kind: "outline"
            textSize: Theme.textM
            text: qsTr("닫기 (Esc)")
            onActed: panel.shelf.turn()
        }
    ]

    Grid {
        id: grid
        width: parent.width
        columns: 2
        spacing: Theme.spaceM

        Repeater {
            model: panel.shelf.rows

            DeskButton {
                id: row

                required property string code
                required property int number
                required property string name
                required property bool soldOut
                required property bool busy

                objectName: "soldOut_" + code
                width: (grid.width - grid.spacing) / 2
                implicitHeight: Theme.touchTarget * 1.9
                focusPolicy: Qt.NoFocus
                activeFocusOnTab: false
                enabled: !busy
                text: qsTr("%1번, %2, %3").arg(number).arg(name).arg(state)
                state: soldOut ? qsTr("품절") : qsTr("판매 중")
                Accessible.role: Accessible.CheckBox
                Accessible.checked: soldOut
                onActed: panel.shelf.toggle(code)

                background: Rectangle {
                    radius: Theme.radius
                    color: row.soldOut ? Theme.bad : Theme.card
                    border.width: Theme.line
                    border.color: Theme.edgeStrong
                }

                contentItem: Item {
                    KeyCap {
                        id: cap
                        anchors { left: parent.left; verticalCenter: parent.verticalCenter }
                        text: row.number
                    }

                    Column {
                        anchors { left: cap.right; leftMargin: Theme.spaceM; right: parent.right; verticalCenter: parent.verticalCenter }

                        Label {
                            width: parent.width
                            text: row.name
                            strong: true
                            color: row.soldOut ? Theme.signalInk : Theme.ink
                        }

                        Label {
                            objectName: "soldOutState"
                            width: parent.width
                            text: row.state
                            color: row.soldOut ? Theme.signalInk : Theme.good
                        }
                    }
                }
            }
        }
    }
}
