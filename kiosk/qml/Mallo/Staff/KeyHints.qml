pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Staff
import Mallo.Theme

// What the keys do, and the number that is being typed.
Rectangle {
    id: bar

    required property StaffModel model

    height: Theme.touchTarget * 1.4 + Theme.spaceM
    readonly property real row: Theme.touchTarget
    color: Theme.card

    Rectangle {
        anchors { left: parent.left; right: parent.right; top: parent.top }
        height: Theme.line
        color: Theme.edge
    }

    // One line: what does not fit wraps below it and is cut away, so the keys used most come first.
    Flow {
        anchors { left: parent.left; leftMargin: Theme.spaceL * 1.4; right: typed.visible ? typed.left : parent.right; rightMargin: Theme.spaceM; top: parent.top; topMargin: Theme.spaceM }
        height: bar.row
        clip: true
        spacing: Theme.spaceL

        Repeater {
            model: [
                { key: "0–9", word: qsTr("번호") },
                { key: "↑↓←→", word: qsTr("옮기기") },
                { key: "Enter", word: qsTr("맡기") },
                { key: "Space", word: qsTr("다음 단계") },
                { key: ".", word: qsTr("줄 완료") },
                { key: ",", word: qsTr("다음 줄") },
                { key: "⌫", word: qsTr("되돌리기") },
                { key: "Del", word: qsTr("취소") },
                { key: "F1", word: qsTr("도움 가기") },
                { key: "F2", word: qsTr("품절") },
                { key: "F3", word: qsTr("합계") },
                { key: "F4", word: qsTr("맡기기") },
                { key: "End", word: qsTr("맨 끝") },
                { key: "Esc", word: qsTr("놓기") }
            ].filter(hint => hint.key !== "F4" || bar.model.give.may)

            Row {
                id: hint

                required property var modelData

                height: bar.row
                spacing: Theme.spaceS

                KeyCap {
                    anchors.verticalCenter: parent.verticalCenter
                    text: hint.modelData.key
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
        id: typed
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
