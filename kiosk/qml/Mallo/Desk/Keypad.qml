pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme

// Digits for a hand without a keyboard. It never takes the focus, so that typing goes on where it was.
Grid {
    id: pad

    signal pressed(digit: string)
    signal erased

    property real keyWidth: Theme.touchTarget * 2.2
    property real keyHeight: Theme.touchTarget * 1.7

    columns: 3
    spacing: Theme.spaceM

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "erase"]

        DeskButton {
            id: key

            required property string modelData
            readonly property bool digit: modelData.length === 1

            objectName: "key_" + modelData
            width: pad.keyWidth
            height: pad.keyHeight
            focusPolicy: Qt.NoFocus
            activeFocusOnTab: false
            opacity: modelData === "" ? 0 : 1
            enabled: modelData !== ""
            kind: digit ? "outline" : "quiet"
            text: digit ? modelData : qsTr("지우기")
            textSize: digit ? Theme.textL : Theme.textS
            onActed: key.digit ? pad.pressed(key.modelData) : pad.erased()
        }
    }
}
