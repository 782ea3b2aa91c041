import QtQuick
import Mallo.Theme

// The edge of the window: steady red while the connection is lost, flashing (under once a second) for a new order
// or a help call that nobody has seen yet, broad and red once that has lasted too long.
Rectangle {
    id: flash

    required property bool attention
    required property bool alarm
    required property bool lost
    required property bool urgent
    readonly property bool calling: attention || alarm

    readonly property real breadth: Theme.spaceM * (urgent ? 1.5 : 1)

    objectName: "edgeFlash"
    visible: calling || lost
    color: "transparent"
    border.width: breadth
    border.color: lost || urgent ? Theme.bad : Theme.primary
    opacity: 1

    SequentialAnimation on opacity {
        running: flash.calling && !flash.lost && !Theme.calm
        loops: Animation.Infinite
        alwaysRunToEnd: true

        NumberAnimation { to: 0.1; duration: 600; easing.type: Easing.InOutQuad }
        NumberAnimation { to: 1; duration: 600; easing.type: Easing.InOutQuad }
    }
}
