import QtQuick
import Mallo.Theme

// A short word that goes by itself: of success, or of what is good to know. Nothing depends on having read it.
Rectangle {
    id: toast

    property string text: ""
    property bool success: true

    function show(words: string): void {
        text = words;
        success = true;
        away.interval = Theme.litTime;
        away.restart();
    }

    function tell(words: string): void {
        text = words;
        success = false;
        away.interval = 2 * Theme.litTime;
        away.restart();
    }

    visible: text !== ""
    width: Math.min(parent ? parent.width - 2 * Theme.spaceL : 0, row.implicitWidth + 2 * Theme.spaceL)
    height: row.implicitHeight + 2 * Theme.spaceS
    radius: Theme.radius
    color: success ? Theme.good : Theme.warn
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Timer {
        id: away
        onTriggered: toast.text = ""
    }

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.spaceM

        Icon {
            id: sign
            anchors.verticalCenter: parent.verticalCenter
            name: toast.success ? "check" : "speaker"
            color: Theme.signalInk
        }

        Label {
            width: Math.min(implicitWidth, toast.parent.width - sign.width - 4 * Theme.spaceL)
            text: toast.text
            color: Theme.signalInk
            strong: true
            Accessible.ignored: true
        }
    }
}
