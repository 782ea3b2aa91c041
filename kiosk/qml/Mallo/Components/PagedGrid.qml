import QtQuick
import Mallo.Theme

// A grid in pages: nothing scrolls. The delegate places itself: x: grid.cellX(index) … visible: grid.shows(index).
// Cells are alike where there is room for that; in one column those with more words may be taller than the others,
// so that all can be seen at once.
Item {
    id: grid

    property alias model: repeater.model
    property alias delegate: repeater.delegate
    property int columns: 1
    property real minCellHeight: Math.max(Theme.touchTarget, tallest)
    property real maxCellHeight: minCellHeight * 1.6
    property real spacing: Theme.spaceM
    property int page: 0

    readonly property int count: repeater.count
    property real tallest: 0 // what the neediest cell needs
    property var needs: []   // what each needs
    readonly property real needed: needs.reduce((sum, need) => sum + Math.max(Theme.touchTarget, need), 0) + (count - 1) * spacing
    readonly property bool uneven: columns === 1 && count > rowsAll && needed <= height
    readonly property int rowsAll: Math.max(1, Math.floor((height + spacing) / (minCellHeight + spacing)))
    readonly property bool paged: count > rowsAll * columns && !uneven
    readonly property real room: paged ? height - bar.height - spacing : height
    readonly property int rows: uneven ? count : Math.max(1, Math.min(Math.floor((room + spacing) / (minCellHeight + spacing)), Math.ceil(Math.max(1, count) / columns)))
    readonly property int perPage: rows * columns
    readonly property int pages: Math.max(1, Math.ceil(count / perPage))
    readonly property real cellWidth: (width - (columns - 1) * spacing) / columns
    readonly property real cellHeight: Math.min(maxCellHeight, (room - (rows - 1) * spacing) / rows)

    function cellX(index: int): real {
        return (index % columns) * (cellWidth + spacing);
    }

    function heightOf(index: int): real {
        return uneven ? Math.max(Theme.touchTarget, needs[index] ?? 0) + (height - needed) / count : cellHeight;
    }

    function cellY(index: int): real {
        if (uneven) {
            let y = 0;
            for (let i = 0; i < index; ++i)
                y += heightOf(i) + spacing;
            return y;
        }
        return Math.floor((index % perPage) / columns) * (cellHeight + spacing);
    }

    function shows(index: int): bool {
        return Math.floor(index / perPage) === page;
    }

    function measure(): void {
        const heights = [];
        for (let i = 0; i < repeater.count; ++i)
            heights.push(repeater.itemAt(i)?.implicitHeight ?? 0);
        needs = heights;
        tallest = Math.max(0, ...heights);
    }

    onPagesChanged: page = Math.min(page, pages - 1)

    Repeater {
        id: repeater
        onItemAdded: (index, item) => {
            item.implicitHeightChanged.connect(grid.measure);
            grid.measure();
        }
        onItemRemoved: Qt.callLater(grid.measure)
    }

    PageTurner {
        id: bar
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        visible: grid.paged
        page: grid.page
        pages: grid.pages
        onTurned: page => grid.page = page
    }
}
