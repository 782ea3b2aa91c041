import QtQuick
import Mallo.Theme

// A grid in pages: nothing scrolls. The delegate places itself: x: grid.cellX(index) … visible: grid.shows(index).
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
    readonly property int rowsAll: Math.max(1, Math.floor((height + spacing) / (minCellHeight + spacing)))
    readonly property bool paged: count > rowsAll * columns
    readonly property real room: paged ? height - bar.height - spacing : height
    readonly property int rows: Math.max(1, Math.min(Math.floor((room + spacing) / (minCellHeight + spacing)), Math.ceil(Math.max(1, count) / columns)))
    readonly property int perPage: rows * columns
    readonly property int pages: Math.max(1, Math.ceil(count / perPage))
    readonly property real cellWidth: (width - (columns - 1) * spacing) / columns
    readonly property real cellHeight: Math.min(maxCellHeight, (room - (rows - 1) * spacing) / rows)

    function cellX(index: int): real {
        return (index % columns) * (cellWidth + spacing);
    }

    function cellY(index: int): real {
        return Math.floor((index % perPage) / columns) * (cellHeight + spacing);
    }

    function shows(index: int): bool {
        return Math.floor(index / perPage) === page;
    }

    function measure(): void {
        let most = 0;
        for (let i = 0; i < repeater.count; ++i)
            most = Math.max(most, repeater.itemAt(i)?.implicitHeight ?? 0);
        tallest = most;
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
