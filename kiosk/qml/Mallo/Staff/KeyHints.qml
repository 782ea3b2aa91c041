pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Staff
import Mallo.Theme

// What the keys do, and the number that is being typed.
Rectangle {
    id: bar

    required property StaffModel model

    height: Theme.touchTarget * 1.4
    color: Theme.card

    Rectangle {
        anchors { left: parent.left; right: parent.right; top: parent.top }
        height: Theme.line
        color: Theme.edge
    }

    Row {
        anchors { left: parent.left; leftMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        spacing: Theme.spaceL * 1.2

        Repeater {
            model: [
                { key: "0–9", word: qsTr("번호로 고르기") },
                { key: "↑↓←→", word: qsTr("옮기기") },
                { key: "Enter", word: qsTr("맡기") },
                { key: "Space", word: qsTr("다음 단계") },
                { key: "⌫", word: qsTr("되돌리기") },
                { key: "Del", word: qsTr("취소") },
                { key: "Esc", word: qsTr("놓기") }
            ]

            Row {
                id: hint

                required property var modelData

                spacing: Theme.spaceS

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    width: cap.implicitWidth + 2 * Theme.spaceM
                    height: cap.implicitHeight + Theme.spaceS
                    radius: Theme.spaceS
                    color: Theme.surface
                    border.width: Theme.line
                    border.color: Theme.edgeStrong

                    Label {
                        id: cap
                        anchors.centerIn: parent
                        text: hint.modelData.key
                        strong: true
                        wrapMode: Text.NoWrap
                    }
                }

                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    text: hint.modelData.word
                    second: true
                    wrapMode: Text.NoWrap
                }
            }
        }
    }

    Label {
        objectName: "typed"
        anchors { right: parent.right; rightMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        visible: bar.model.typed !== ""
        text: bar.model.typedFound ? qsTr("번호 %1").arg(bar.model.typed) : qsTr("%1번 주문은 없어요").arg(bar.model.typed)
        color: bar.model.typedFound ? Theme.ink : Theme.bad
        strong: true
        font.pixelSize: Theme.textM
        wrapMode: Text.NoWrap
    }
}
