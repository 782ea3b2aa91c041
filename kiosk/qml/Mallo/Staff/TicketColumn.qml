pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Staff
import Mallo.Theme

// One step of the kitchen: its name, how many, and the tickets with the longest waiting on top.
Item {
    id: column

    required property StaffModel model
    required property TicketModel tickets
    required property string title
    required property string glyph
    required property string emptyText
    required property string emptyHint

    function showPicked(): void {
        const row = tickets.rowOf(model.selected);
        if (row >= 0)
            list.positionViewAtIndex(row, ListView.Contain);
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius * 1.3
        color: Theme.highContrast ? Theme.surface : Theme.quiet
        border.width: Theme.highContrast ? Theme.line : 0
        border.color: Theme.edge
    }

    Row {
        id: head
        x: Theme.spaceL
        height: Theme.touchTarget * 1.25
        spacing: Theme.spaceM

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: column.glyph
            size: Theme.textL
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: column.title
            strong: true
            font.pixelSize: Theme.textL
            wrapMode: Text.NoWrap
        }

        Label {
            objectName: "count"
            anchors.verticalCenter: parent.verticalCenter
            text: column.tickets.count
            strong: true
            color: column.tickets.count ? Theme.primary : Theme.inkSecond
            font.pixelSize: Theme.textL
            wrapMode: Text.NoWrap
        }
    }

    ListView {
        id: list
        objectName: "list"
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom; bottomMargin: Theme.spaceM }
        clip: true
        spacing: Theme.spaceM
        // Room for the ring around a picked card, which is drawn outside it.
        topMargin: Theme.spaceS
        bottomMargin: Theme.spaceL
        boundsBehavior: Flickable.StopAtBounds
        pixelAligned: true
        cacheBuffer: Math.max(0, height)
        model: column.tickets

        delegate: TicketCard {
            width: list.width - (rail.visible ? Theme.spaceS : 0)
            staff: column.model
            viewTop: list.contentY
            viewBottom: list.contentY + list.height
        }
    }

    Connections {
        target: column.model

        function onSelectedChanged(): void {
            // Later, for a card grows when it is picked.
            Qt.callLater(column.showPicked);
        }
    }

    // Where in a long column one is.
    Rectangle {
        id: rail
        objectName: "rail"
        visible: list.visibleArea.heightRatio < 1
        anchors { right: list.right; rightMargin: Theme.spaceS / 2 }
        y: list.y + list.visibleArea.yPosition * list.height
        width: Theme.spaceS
        height: Math.max(Theme.touchTarget, list.visibleArea.heightRatio * list.height)
        radius: width / 2
        color: Theme.edgeStrong
    }

    Column {
        anchors.centerIn: parent
        width: parent.width - 4 * Theme.spaceL
        visible: column.tickets.count === 0
        spacing: Theme.spaceM

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: column.glyph
            size: Theme.textXL * 1.2
            color: Theme.edgeStrong
        }

        Label {
            width: parent.width
            text: column.emptyText
            strong: true
            font.pixelSize: Theme.textM
            horizontalAlignment: Text.AlignHCenter
        }

        Label {
            width: parent.width
            text: column.emptyHint
            second: true
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
