pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme

// The one voice button. Four states of four shapes and four words: a circle, a rounded square between level bars,
// a pill of dots, a speech bubble. Where the language is not heard it is a keyboard instead, before a word is said.
Tappable {
    id: button

    property string mode: "idle"
    property real level: 0
    property bool hears: true
    property bool open: false // the microphone records
    property bool pausing: false // the customer has just fallen silent: seen before anything is answered
    property real diameter: (Theme.portrait ? (Theme.largeText ? 150 : 190) : Theme.largeText ? 100 : 150) * Theme.unit
    readonly property bool listening: mode === "listening"
    readonly property bool thinking: mode === "thinking"
    readonly property bool speaking: mode === "speaking"
    readonly property bool writing: mode === "idle" && !hears

    text: listening ? qsTr("듣고 있어요") : thinking ? qsTr("생각 중이에요") : speaking ? qsTr("말하고 있어요") : writing ? qsTr("글자로 적기") : qsTr("눌러서 말하기")
    implicitWidth: Math.max(diameter * 1.5, word.implicitWidth)
    implicitHeight: diameter + word.implicitHeight + Theme.spaceS
    Accessible.description: listening ? qsTr("다시 누르면 마이크를 꺼요") : speaking ? qsTr("누르면 멈추고 들어요") : ""

    background: Item {
        // Level: three bars on each side, moved by the microphone alone.
        Repeater {
            model: button.listening ? 6 : 0

            Rectangle {
                required property int index
                readonly property int step: index % 3 + 1
                readonly property real side: index < 3 ? -1 : 1

                x: shape.x + shape.width / 2 + side * (shape.width / 2 + step * button.diameter * 0.1) - width / 2
                y: shape.y + (shape.height - height) / 2
                width: button.diameter * 0.06
                height: shape.height * (0.12 + 0.8 * Math.min(1, button.level * 1.4) * (1 - step * 0.22))
                radius: width / 2
                color: Theme.primary
            }
        }

        Rectangle {
            id: shape
            x: (parent.width - width) / 2
            y: (button.diameter - height) / 2
            width: button.thinking ? button.diameter * 1.35 : button.listening ? button.diameter * 0.86 : button.diameter
            height: button.thinking ? button.diameter * 0.6 : button.listening ? width : button.speaking || button.writing ? button.diameter * 0.82 : button.diameter
            radius: button.listening || button.speaking || button.writing ? 34 * Theme.unit : height / 2
            color: button.down ? Theme.primaryPressed : button.thinking ? Theme.quiet : Theme.primary
            border.width: button.thinking ? Theme.line * 2 : 0
            border.color: Theme.primary
        }

        // The bubble's tail.
        Rectangle {
            visible: button.speaking
            width: 34 * Theme.unit
            height: width
            rotation: 45
            x: shape.x + shape.width / 2 - width / 2
            y: shape.y + shape.height - height * 0.62
            color: shape.color
        }

        // The light of the open microphone, whatever the button says.
        Rectangle {
            objectName: "microphoneLight"
            visible: button.open
            x: shape.x + shape.width - width * 0.7
            y: shape.y - height * 0.3
            width: button.diameter * 0.3
            height: width
            radius: width / 2
            color: Theme.bad
            border.width: Theme.line * 2
            border.color: Theme.card

            Icon {
                anchors.centerIn: parent
                name: "mic"
                size: parent.width * 0.6
                color: Theme.signalInk
            }
        }

        Icon {
            x: shape.x + (shape.width - size) / 2
            y: shape.y + (shape.height - size) / 2
            name: button.listening ? (button.pausing ? "dots" : "stop") : button.thinking ? "dots" : button.speaking ? "speaker" : button.writing ? "keyboard" : "mic"
            size: button.diameter * (button.thinking ? 0.55 : 0.5)
            color: button.thinking ? Theme.primary : Theme.primaryInk
        }
    }

    contentItem: Item {
        Label {
            id: word
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            text: button.text
            strong: true
            wrapMode: Text.NoWrap
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }
}
