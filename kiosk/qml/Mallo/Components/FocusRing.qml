import QtQuick
import Mallo.Theme

// The keyboard's place, drawn outside its parent with a gap, so that it stands against both sides.
Rectangle {
    required property bool shown

    anchors.fill: parent
    anchors.margins: -(Theme.ring * 2)
    visible: shown
    color: "transparent"
    radius: Theme.radius + Theme.ring * 2
    border.width: Theme.ring
    border.color: Theme.focus
}
