import QtQuick
import Mallo.Components
import Mallo.Theme

// One key of the keyboard, as it is printed on it.
Rectangle {
    required property string text

    implicitWidth: Math.max(implicitHeight, cap.implicitWidth + 2 * Theme.spaceM)
    implicitHeight: cap.implicitHeight + Theme.spaceS
    radius: Theme.spaceS
    color: Theme.surface
    border.width: Theme.line
    border.color: Theme.edgeStrong

    Label {
        id: cap
        anchors.centerIn: parent
        text: parent.text
        strong: true
        wrapMode: Text.NoWrap
    }
}
