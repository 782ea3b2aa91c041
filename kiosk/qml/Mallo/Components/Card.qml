pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme

// A sheet of paper with a soft shadow. Plain rectangles: the software renderer has no effects.
Item {
    id: card

    property color color: Theme.card
    property color edge: Theme.edge
    property real edgeWidth: Theme.line
    property real radius: Theme.radius

    Repeater {
        model: Theme.highContrast ? 0 : 3

        Rectangle {
            required property int index

            anchors.fill: parent
            anchors.margins: -(index + 1) * 2 * Theme.unit
            anchors.topMargin: (2 - index) * Theme.unit
            anchors.bottomMargin: -(index + 2) * 3 * Theme.unit
            radius: card.radius + index * 3 * Theme.unit
            color: Theme.shadow
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: card.radius
        color: card.color
        border.width: card.edgeWidth
        border.color: card.edge

        Behavior on color {
            ColorAnimation { duration: Theme.motion }
        }
    }
}
