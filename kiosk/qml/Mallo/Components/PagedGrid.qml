import QtQuick
import Mallo.Theme

// A grid in pages: nothing scrolls. The delegate places itself: x: grid.cellX(index) … visible: grid.shows(index).
// In one column those with more words may be taller than the others, so that as many as possible are seen at once;
// side by side all cells are alike.
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
    property var needs: []   // what each cell needs
    property real tallest: 0 // what the neediest one needs
    readonly property real roomPaged: height - bar.height - spacing
    readonly property real cellWidth: (width - (columns - 1) * spacing) / columns
    readonly property var plan: columns === 1 ? stacked() : tabled() // of each cell: its page, y and height
    readonly property int pages: plan.length > 0 ? plan[plan.length - 1].page + 1 : 1

    function cellX(index: int): real {
        return (index % columns) * (cellWidth + spacing);
    }

    function cellY(index: int): real {
        return plan[index]?.y ?? 0;
    }

    function heightOf(index: int): real {
        return plan[index]?.height ?? minCellHeight;
    }

    function shows(index: int): bool {
        return plan[index]?.page === page;
    }

    // Less than it needs: the cell has to leave something out.
    function cramps(index: int): bool {
        return heightOf(index) < (needs[index] ?? 0) - 1;
    }

    function tabled(): var {
        const fits = room => Math.max(1, Math.floor((room + spacing) / (minCellHeight + spacing)));
        const paged = count > fits(height) * columns;
        const room = paged ? roomPaged : height;
        const rows = Math.min(fits(room), Math.ceil(Math.max(1, count) / columns));
        const each = Math.min(maxCellHeight, (room - (rows - 1) * spacing) / rows);
        const perPage = rows * columns;
        return needs.map((_, i) => ({ page: Math.floor(i / perPage), y: Math.floor((i % perPage) / columns) * (each + spacing), height: each }));
    }

    function stacked(): var {
        let pages = packed(height), room = height;
        if (pages.length > 1) {
            room = roomPaged;
            pages = packed(room);
        }
        const found = [];
        let most = maxCellHeight;
        for (const [number, cells] of pages.entries()) {
            most = Math.min(most, level(cells, room)); // a page with room to spare looks like the first one
            let y = 0;
            for (const cell of cells) {
                const tall = Math.min(room, Math.max(cell, most));
                found.push({ page: number, y: y, height: tall });
                y += tall + spacing;
            }
        }
        return found;
    }

    function packed(room: real): var {
        const pages = [];
        let used = 0;
        for (const need of needs) {
            const cell = Math.max(Theme.touchTarget, need);
            if (pages.length > 0 && used + spacing + cell <= room + 0.5) {
                pages[pages.length - 1].push(cell);
                used += spacing + cell;
            } else {
                pages.push([cell]);
                used = cell;
            }
        }
        return pages;
    }

    // How tall the shorter cells may be so that all together fill the room.
    function level(cells: var, room: real): real {
        let rest = room - (cells.length - 1) * spacing, left = cells.length;
        for (const cell of Array.from(cells).sort((a, b) => b - a)) {
            if (cell <= rest / left)
                break;
            rest -= cell;
            left -= 1;
        }
        return left > 0 ? rest / left : 0;
    }

    function measure(): void {
        const heights = [];
        for (let i = 0; i < repeater.count; ++i)
            heights.push(repeater.itemAt(i)?.implicitHeight ?? 0);
        needs = heights;
        tallest = Math.max(0, ...heights);
    }

    // A change of language or size moves every cell several times: once is enough.
    function measureSoon(): void {
        Qt.callLater(measure);
    }

    onPagesChanged: page = Math.min(page, pages - 1)

    Repeater {
        id: repeater
        onItemAdded: (index, item) => {
            item.implicitHeightChanged.connect(grid.measureSoon);
            grid.measure();
        }
        onItemRemoved: Qt.callLater(grid.measure)
    }

    PageTurner {
        id: bar
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        visible: grid.pages > 1
        page: grid.page
        pages: grid.pages
        onTurned: page => grid.page = page
    }
}
