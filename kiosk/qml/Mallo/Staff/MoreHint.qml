import QtQuick
import Mallo.Components
import Mallo.Theme

// What lies beyond an edge of a column: how many tickets, and how many of them nobody has seen.
Item {
    id: hint

    required property bool above
    required property int count
    required property int fresh

    signal wanted

    visible: count > 0
    height: pill.height + Theme.spaceM

    Rectangle {
        id: pill
        anchors.horizontalCenter: parent.horizontalCenter
        y: hint.above ? Theme.spaceS : parent.height - height - Theme.spaceS
        width: words.implicitWidth + 2 * Theme.spaceL
        height: words.implicitHeight + Theme.spaceS
        radius: height / 2
        color: hint.fresh ? Theme.primary : Theme.ink
        border.width: Theme.line
        border.color: Theme.surface

        Label {
            id: words
            objectName: hint.above ? "moreAbove" : "moreBelow"
            anchors.centerIn: parent
            text: (hint.above ? "↑ " : "↓ ") + (hint.fresh ? qsTr("새 주문 %1건 · 모두 %2건 더").arg(hint.fresh).arg(hint.count) : qsTr("%1건 더").arg(hint.count))
            strong: true
            color: hint.fresh ? Theme.primaryInk : Theme.surface
            wrapMode: Text.NoWrap
        }

        TapHandler {
            onTapped: hint.wanted()
        }
    }
}
