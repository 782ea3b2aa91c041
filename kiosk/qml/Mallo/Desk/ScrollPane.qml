import QtQuick
import Mallo.Theme

// More than fits, moved by hand, wheel or keys; a rail tells where one is.
FocusScope {
    id: pane

    default property alias content: holder.data
    property alias contentHeight: flick.contentHeight
    readonly property real viewTop: flick.contentY
    readonly property real viewBottom: flick.contentY + flick.height
    readonly property bool cut: flick.contentHeight > flick.height + 1

    function move(by: real): void {
        flick.contentY = Math.max(0, Math.min(flick.contentHeight - flick.height, flick.contentY + by));
    }

    activeFocusOnTab: cut
    Keys.onDownPressed: move(Theme.touchTarget)
    Keys.onUpPressed: move(-Theme.touchTarget)
    Keys.onPressed: event => {
        if (event.key !== Qt.Key_PageDown && event.key !== Qt.Key_PageUp)
            return;
        move((event.key === Qt.Key_PageDown ? 0.9 : -0.9) * flick.height);
        event.accepted = true;
    }

    Flickable {
        id: flick
        objectName: "flick"
        anchors.fill: parent
        contentWidth: width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        pixelAligned: true

        Item {
            id: holder
            width: flick.width - (pane.cut ? Theme.spaceM : 0)
            height: childrenRect.height
        }
    }

    Rectangle {
        objectName: "rail"
        visible: pane.cut
        anchors.right: parent.right
        y: flick.visibleArea.yPosition * flick.height
        width: Theme.spaceS
        height: Math.max(Theme.touchTarget, flick.visibleArea.heightRatio * flick.height)
        radius: width / 2
        color: pane.activeFocus ? Theme.focus : Theme.edgeStrong
    }
}
