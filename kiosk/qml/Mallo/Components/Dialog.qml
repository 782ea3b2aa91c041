import QtQuick
import Mallo.Theme

// A question over everything. The window disables what is behind while one is open, so that keys stay in here;
// the focus goes to the first button and comes back to where it was.
FocusScope {
    id: dialog

    property string title: ""
    property string body: ""
    property bool shown: false
    property real sheetWidth: 900 * Theme.unit
    property Item returnTo: null
    property alias actions: buttons.data
    default property alias content: extra.data

    function takeFocus(): void {
        const first = dialog.nextItemInFocusChain(true);
        if (first)
            first.forceActiveFocus(Qt.TabFocusReason);
    }

    anchors.fill: parent
    visible: shown
    enabled: shown
    focus: shown
    Accessible.role: Accessible.Dialog
    Accessible.name: title
    Accessible.description: body
    onShownChanged: {
        if (shown) {
            returnTo = Window.activeFocusItem;
            Guide.preface = title + " " + body;
            Qt.callLater(takeFocus);
        } else if (returnTo && returnTo.visible) {
            returnTo.forceActiveFocus(Qt.OtherFocusReason);
            returnTo = null;
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.shade
    }

    // Nothing behind is touched by mistake.
    MouseArea { anchors.fill: parent }

    Card {
        id: sheet
        objectName: "dialogSheet"
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.lowScreen ? parent.height - height - Theme.spaceL : (parent.height - height) / 2
        width: Math.min(parent.width - 2 * Theme.spaceL, dialog.sheetWidth)
        height: column.height + 2 * Theme.spaceL
        color: Theme.surface

        Column {
            id: column
            x: Theme.spaceL
            y: Theme.spaceL
            width: parent.width - 2 * Theme.spaceL
            spacing: Theme.spaceM

            Label {
                width: parent.width
                visible: dialog.title !== ""
                text: dialog.title
                strong: true
                font.pixelSize: Theme.textL
                horizontalAlignment: Text.AlignHCenter
            }

            Label {
                width: parent.width
                visible: dialog.body !== ""
                text: dialog.body
                font.pixelSize: Theme.textM
                horizontalAlignment: Text.AlignHCenter
            }

            Column {
                id: extra
                width: parent.width
                spacing: Theme.spaceM
                visible: children.length > 0
            }

            // One below the other, each as wide as the sheet: nothing to aim at.
            Column {
                id: buttons
                width: parent.width
                spacing: Theme.spaceM
                topPadding: Theme.spaceS
                onChildrenChanged: {
                    for (const child of children)
                        child.width = Qt.binding(() => buttons.width);
                }
            }
        }
    }
}
