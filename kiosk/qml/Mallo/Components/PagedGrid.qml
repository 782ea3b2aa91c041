import QtQuick
import Mallo.Theme

// A grid in pages: nothing scrolls. The delegate places itself: x: grid.cellX(index) … visible: grid.shows(index).
Item {
    id: grid

    property alias model: repeater.model
    property alias delegate: repeater.delegate
    property int columns: 1
    property real minCellHeight: Theme.touchTarget
    property real maxCellHeight: minCellHeight * 1.6
    property real spacing: Theme.spaceM
    property int page: 0

    readonly property int count: repeater.count
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

    onPagesChanged: page = Math.min(page, pages - 1)

    Repeater { id: repeater }

    Row {
        id: bar
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        spacing: Theme.spaceL
        visible: grid.paged

        Button {
            objectName: "previousPage"
            glyph: "back"
            text: qsTr("앞")
            enabled: grid.page > 0
            onActed: grid.page -= 1
        }

        Label {
            height: parent.height
            text: (grid.page + 1) + " / " + grid.pages
            strong: true
        }

        Button {
            objectName: "nextPage"
            glyph: "next"
            text: qsTr("뒤")
            enabled: grid.page < grid.pages - 1
            onActed: grid.page += 1
        }
    }
}
