pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// The voice: its button, what was heard (tap to correct), what is said, and choices where it was unsure.
Item {
    id: panel

    required property VoiceModel model
    readonly property real textX: Theme.portrait ? button.width + Theme.spaceM : 0

    signal correct

    implicitHeight: Math.max(button.implicitHeight, words.implicitHeight)

    Rectangle {
        anchors.fill: parent
        visible: !Theme.portrait
        radius: Theme.radius
        color: Theme.quiet
        border.width: Theme.highContrast ? Theme.line : 0
        border.color: Theme.edge
    }

    VoiceButton {
        id: button
        objectName: "voiceButton"
        x: Theme.portrait ? 0 : (parent.width - width) / 2
        y: Theme.portrait ? (parent.height - height) / 2 : Theme.spaceM
        width: implicitWidth
        height: implicitHeight
        mode: panel.model.state
        level: panel.model.level
        onActed: panel.model.press()
    }

    Column {
        id: words
        x: Theme.portrait ? panel.textX : Theme.spaceM
        y: Theme.portrait ? (parent.height - implicitHeight) / 2 : button.y + button.height + Theme.spaceM
        width: Theme.portrait ? parent.width - x : parent.width - 2 * Theme.spaceM
        spacing: Theme.spaceS

        TranscriptBar {
            objectName: "transcript"
            width: parent.width
            transcript: panel.model.transcript
            hint: qsTr("“딸기 케이크 두 개 주세요”")
            onActed: panel.correct()
        }

        Label {
            objectName: "caption"
            width: parent.width
            visible: text !== ""
            text: panel.model.caption !== "" ? panel.model.caption : qsTr("버튼을 누르고 이렇게 말하거나, 화면에서 골라 주세요.")
            second: panel.model.caption === ""
            Accessible.name: text
        }

        Flow {
            width: parent.width
            spacing: Theme.spaceS
            visible: chips.count > 0

            Repeater {
                id: chips
                model: panel.model.chips

                OptionChip {
                    required property int index
                    required property string code

                    objectName: "chip_" + code
                    onActed: panel.model.say(name)
                }
            }
        }
    }
}
