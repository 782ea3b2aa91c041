pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// The voice: its button, what was heard (tap to correct), what is said, and choices where it was unsure.
Item {
    id: panel

    required property VoiceModel model
    property bool quiet: false // the same words stand in a banner
    readonly property real textX: Theme.portrait ? button.width + Theme.spaceM : 0

    signal correct
    signal talk

    function words(): string {
        if (model.state === "listening" && model.caption === "")
            return qsTr("편하게 말씀하세요. 다시 누르면 꺼져요.");
        if (model.state === "thinking")
            return qsTr("잠시만 기다려 주세요.");
        if (model.caption === "" && !model.hears)
            return Theme.largeText ? problem.what("language_not_served") : problem.notHeard(model.hearsOther);
        return model.caption !== "" ? model.caption : Theme.largeText ? "" : qsTr("버튼을 누르고 이렇게 말하거나, 화면에서 골라 주세요.");
    }

    ProblemWords { id: problem }

    implicitHeight: Math.max(button.implicitHeight, said.implicitHeight)

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
        hears: panel.model.hears
        open: panel.model.open
        pausing: panel.model.pausing
        onActed: panel.talk()
    }

    Column {
        id: said
        x: Theme.portrait ? panel.textX : Theme.spaceM
        y: Theme.portrait ? (parent.height - implicitHeight) / 2 : button.y + button.height + Theme.spaceM
        width: Theme.portrait ? parent.width - x : parent.width - 2 * Theme.spaceM
        spacing: Theme.spaceS

        TranscriptBar {
            objectName: "transcript"
            width: parent.width
            transcript: panel.model.transcript
            hint: Theme.largeText ? qsTr("글자로 입력하기") : qsTr("“딸기 케이크 두 개 주세요”")
            onActed: panel.correct()
        }

        Label {
            objectName: "caption"
            width: parent.width
            visible: text !== "" && !panel.quiet
            text: panel.words()
            second: panel.model.caption === "" || panel.model.state === "thinking"
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
                    required name

                    objectName: "chip_" + code
                    checkable: false
                    Accessible.role: Accessible.Button
                    onActed: panel.model.say(name)
                }
            }
        }
    }
}
