import QtQuick
import Mallo.Theme

// A short word of success that goes by itself. Nothing depends on having read it.
Rectangle {
    id: toast

    property string text: ""

    function show(words: string): void {
        text = words;
        away.restart();
    }

    visible: text !== ""
    width: Math.min(parent ? parent.width - 2 * Theme.spaceL : 0, row.implicitWidth + 2 * Theme.spaceL)
    height: row.implicitHeight + 2 * Theme.spaceS
    radius: Theme.radius
    color: Theme.good
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Timer {
        id: away
        interval: Theme.litTime
        onTriggered: toast.text = ""
    }

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.spaceM

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "check"
            color: Theme.signalInk
        }

        Label {
            text: toast.text
            color: Theme.signalInk
            strong: true
            Accessible.ignored: true
        }
    }
}
