pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// The menu of one category as cards, and the cart below.
Item {
    id: page

    required property CustomerModel model

    Row {
        id: tabs
        width: parent.width
        height: Theme.touchTarget
        spacing: Theme.spaceM

        Button {
            objectName: "tab_dinner"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            glyph: "plate"
            text: qsTr("디너")
            textSize: Theme.textM
            checked: page.model.category === "dinner"
            kind: checked ? "primary" : "outline"
            checkable: true
            autoExclusive: true
            Accessible.role: Accessible.PageTab
            onActed: page.model.show_category("dinner")
        }

        Button {
            objectName: "tab_cake"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            glyph: "cake"
            text: qsTr("케이크")
            textSize: Theme.textM
            checked: page.model.category === "cake"
            kind: checked ? "primary" : "outline"
            checkable: true
            autoExclusive: true
            Accessible.role: Accessible.PageTab
            onActed: page.model.show_category("cake")
        }
    }

    Label {
        anchors.centerIn: grid
        width: grid.width
        visible: !page.model.menuThere
        text: page.model.link === "up" ? qsTr("메뉴를 가져오고 있어요…") : qsTr("주문 시스템을 켜고 있어요…")
        font.pixelSize: Theme.textM
        horizontalAlignment: Text.AlignHCenter
    }

    PagedGrid {
        id: grid
        objectName: "cards"
        anchors.top: tabs.bottom
        anchors.topMargin: Theme.spaceM
        anchors.bottom: foot.visible ? foot.top : parent.bottom
        anchors.bottomMargin: foot.visible ? Theme.spaceM : 0
        width: parent.width
        columns: Theme.portrait ? 1 : 2
        spacing: Theme.spaceS
        maxCellHeight: minCellHeight * 1.9
        model: page.model.category === "dinner" ? page.model.dinners : page.model.cakes
        delegate: MenuCard {
            required property int index
            required property string code
            required name
            required line
            required price
            required allergens
            required event
            required picture
            required pictureWords
            required soldOut

            objectName: "card_" + code
            x: grid.cellX(index)
            y: grid.cellY(index)
            width: grid.cellWidth
            height: grid.heightOf(index)
            glyph: page.model.category === "dinner" ? "plate" : "cake"
            tall: !Theme.portrait
            short: tall ? height < wordsHeight + 2 * Theme.spaceS : grid.cramps(index) // a picture gives way to words
            wordsHeight: tall ? grid.tallest - smallestPicture - 3 * Theme.spaceS : 0
            visible: grid.shows(index)
            onActed: page.model.open_item(code)
        }
        onModelChanged: grid.page = 0
    }

    Button {
        id: foot
        objectName: "toCart"
        visible: (Theme.portrait && !Theme.largeText) || page.model.cart.count > 0
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.max(Theme.touchTarget * 1.05, implicitHeight)
        enabled: page.model.cart.count > 0
        kind: enabled ? "primary" : "quiet"
        glyph: "cart"
        textSize: Theme.largeText || !Theme.portrait ? Theme.textS : Theme.textM
        text: page.model.cart.count > 0 ? qsTr("%1개 담음 · %2 · 주문 확인").arg(page.model.cart.count).arg(page.model.cart.payable) : qsTr("아직 담은 메뉴가 없어요")
        onActed: page.model.show_cart()
    }
}
