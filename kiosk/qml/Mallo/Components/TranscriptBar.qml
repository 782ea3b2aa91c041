import QtQuick
import Mallo.Theme

// What was heard, large; a tap opens it for correction. Without words it invites to type.
Tappable {
    id: bar

    property string transcript: ""
    property string hint: ""

    text: transcript !== "" ? qsTr("들은 말: %1. 눌러서 고치기").arg(transcript) : qsTr("글자로 입력하기")
    Accessible.description: transcript !== "" ? "" : hint
    padding: Theme.spaceS
    leftPadding: Theme.spaceM
    rightPadding: Theme.spaceM
    implicitHeight: Math.max(Theme.touchTarget, words.implicitHeight + 2 * Theme.spaceS)

    background: Rectangle {
        radius: Theme.radius
        color: bar.down ? Theme.quiet : Theme.card
        border.width: Theme.line
        border.color: Theme.edgeStrong
    }

    contentItem: Item {
        Label {
            id: words
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - pen.width - Theme.spaceS
            text: bar.transcript !== "" ? "“" + bar.transcript + "”" : bar.hint
            second: bar.transcript === ""
            strong: bar.transcript !== ""
            font.pixelSize: bar.transcript !== "" && !Theme.largeText && Theme.portrait ? Theme.textM : Theme.textS
            Accessible.ignored: true
        }

        Icon {
            id: pen
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: bar.transcript !== "" ? "edit" : "keyboard"
            size: Theme.textM
            color: Theme.inkSecond
        }
    }
}
