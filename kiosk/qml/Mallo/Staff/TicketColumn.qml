pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
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

    property int above: 0 // tickets that lie wholly or partly beyond the edges
    property int below: 0

    function measure(): void {
        above = beyond(true);
        below = beyond(false);
    }

    function beyond(top: bool): int {
        const edge = top ? list.contentY : list.contentY + list.height;
        const inside = top ? list.contentY + Theme.spaceL : edge - Theme.spaceL;
        const x = list.width / 2;
        let row = list.indexAt(x, inside);
        if (row < 0)
            row = list.indexAt(x, inside - list.spacing * 2); // between two tickets
        if (row < 0)
            return 0;
        const ticket = list.itemAtIndex(row);
        const cut = top ? ticket.y < edge - 1 : ticket.y + ticket.height > edge + 1;
        return (top ? row : column.tickets.count - 1 - row) + (cut ? 1 : 0);
    }

    function showPicked(): void {
        const row = tickets.rowOf(model.selected);
        if (row < 0)
            return;
        list.positionViewAtIndex(row, ListView.Contain);
        // The outermost with the margin around them, in which their ring is drawn.
        if (row === tickets.count - 1)
            showEnd();
        else if (row === 0)
            showBeginning();
        keepClear(row);
    }

    // Words on how many more there are lie over the edges: they may not cover a picked ticket's allergens.
    function keepClear(row: int): void {
        const ticket = list.itemAtIndex(row);
        const room = Theme.textS * 2.4;
        if (!ticket || ticket.height + 2 * room > list.height)
            return;
        if (row < tickets.count - 1)
            list.contentY = Math.max(list.contentY, ticket.y + ticket.height + room - list.height);
        if (row > 0)
            list.contentY = Math.min(list.contentY, ticket.y - room);
    }

    function showBeginning(): void {
        list.contentY = list.originY - list.topMargin;
    }

    function showEnd(): void {
        list.positionViewAtEnd();
        list.contentY = Math.max(list.contentY, list.originY + list.contentHeight + list.bottomMargin - list.height);
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

    Tag {
        objectName: "lateCount"
        anchors { right: parent.right; rightMargin: Theme.spaceL; verticalCenter: head.verticalCenter }
        visible: column.tickets.late > 0
        text: qsTr("늦음 %1").arg(column.tickets.late)
        face: Theme.bad
        lettering: Theme.signalInk
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

            onHeightChanged: {
                // It grows when it is picked, and when a picture comes or a line is counted off.
                if (picked)
                    Qt.callLater(column.showPicked);
            }
        }
    }

    MoreHint {
        anchors { left: list.left; right: list.right; top: list.top }
        above: true
        count: column.above
        fresh: column.above > 0 ? column.tickets.freshIn(0, column.above - 1) : 0
        onWanted: column.showBeginning()
    }

    MoreHint {
        anchors { left: list.left; right: list.right; bottom: list.bottom }
        above: false
        count: column.below
        fresh: column.below > 0 ? column.tickets.freshIn(column.tickets.count - column.below, column.tickets.count - 1) : 0
        onWanted: column.showEnd()
    }

    Connections {
        target: list

        function onContentYChanged(): void {
            edges.start();
        }

        function onContentHeightChanged(): void {
            edges.start();
            if (growing.running)
                Qt.callLater(column.showPicked);
        }

        function onHeightChanged(): void {
            edges.start();
        }
    }

    Connections {
        target: column.tickets

        function onDataChanged(): void {
            edges.start();
        }
    }

    // Once the list has laid itself out; on a slow machine that may be a few frames later, of which nothing tells.
    Timer {
        id: edges
        interval: 30
        onTriggered: {
            column.measure();
            late.restart();
        }
    }

    Timer {
        id: growing
        interval: 500
    }

    Timer {
        id: late
        interval: 250
        onTriggered: column.measure()
    }

    Connections {
        target: column.model

        function onSelectedChanged(): void {
            // Later, for a card grows when it is picked; and again when it has.
            growing.restart();
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
