import QtQuick
import Mallo.Theme

// Things one below the other, in pages when there is no room for all: nothing scrolls.
Item {
    id: column

    property real spacing: Theme.spaceM
    property int page: 0
    property int pages: 1
    default property alias content: holder.data

    function arrange(): void {
        const things = Array.from(holder.children).filter(thing => thing.implicitHeight > 0);
        const all = things.reduce((sum, thing) => sum + thing.implicitHeight + spacing, -spacing);
        const room = all <= height ? height : height - bar.height - spacing;
        let y = 0, at = 0;
        for (const thing of things) {
            if (y > 0 && y + thing.implicitHeight > room) {
                at += 1;
                y = 0;
            }
            thing.y = y;
            thing.width = width;
            thing.height = thing.implicitHeight;
            thing.visible = at === page;
            y += thing.implicitHeight + spacing;
        }
        pages = at + 1;
        page = Math.min(page, at);
    }

    function arrangeSoon(): void {
        Qt.callLater(arrange);
    }

    onHeightChanged: arrangeSoon()
    onWidthChanged: arrangeSoon()
    onPageChanged: arrange()

    Item {
        id: holder
        width: parent.width
        onChildrenChanged: {
            for (const thing of children) {
                thing.implicitHeightChanged.disconnect(column.arrangeSoon);
                thing.implicitHeightChanged.connect(column.arrangeSoon);
            }
            column.arrange();
        }
    }

    PageTurner {
        id: bar
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        visible: column.pages > 1
        page: column.page
        pages: column.pages
        onTurned: page => column.page = page
    }
}
