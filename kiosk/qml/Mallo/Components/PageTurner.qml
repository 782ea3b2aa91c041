import QtQuick
import Mallo.Theme

// Back and forth between pages, and where one is.
Row {
    id: bar

    property int page: 0
    property int pages: 1

    signal turned(page: int)

    spacing: Theme.spaceL

    Button {
        objectName: "previousPage"
        glyph: "back"
        text: qsTr("앞")
        kind: "outline"
        enabled: bar.page > 0
        Accessible.name: qsTr("앞 쪽")
        onActed: bar.turned(bar.page - 1)
    }

    Label {
        height: parent.height
        text: (bar.page + 1) + " / " + bar.pages
        strong: true
    }

    Button {
        objectName: "nextPage"
        glyph: "next"
        text: qsTr("뒤")
        kind: "outline"
        enabled: bar.page < bar.pages - 1
        Accessible.name: qsTr("뒤 쪽")
        onActed: bar.turned(bar.page + 1)
    }
}
