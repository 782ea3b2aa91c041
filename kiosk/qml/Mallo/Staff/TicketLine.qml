import QtQuick
import Mallo.Components
import Mallo.Theme

// One line of an order: how many first, then what, then what is different from the menu, in bold.
Item {
    id: item

    required property var line
    required property bool at // the line that the keys are at

    property string picture: ""

    signal tapped

    // A change stays in one piece: it may move to the next line as a whole, but not break inside.
    function whole(text: string): string {
        return text.replace(/ /g, "\u00A0");
    }

    function changeText(change: var): string {
        if (change.count === 0)
            return whole(qsTr("%1 빼고").arg(change.name));
        const more = change.count - change.default;
        return whole(qsTr("%1 %2 (%3)").arg(change.name).arg(change.count).arg(more > 0 ? "+" + more : "\u2212" + -more));
    }

    function cakeText(cake: var): string {
        const flavours = ({ vanilla: qsTr("바닐라"), chocolate: qsTr("초콜릿"), matcha: qsTr("말차"), strawberry: qsTr("딸기") });
        const colours = ({ white: qsTr("흰색"), pink: qsTr("분홍"), red: qsTr("빨강"), blue: qsTr("파랑"), green: qsTr("초록"), yellow: qsTr("노랑"),
                           purple: qsTr("보라"), brown: qsTr("갈색"), black: qsTr("검정"), orange: qsTr("주황"), mint: qsTr("민트"), cream: qsTr("크림색") });
        const parts = [whole(qsTr("%1 맛").arg(flavours[cake.flavour] ?? cake.flavour)), colours[cake.colour] ?? cake.colour,
                       whole(qsTr("%1단").arg(cake.tiers))];
        if (cake.lettering !== "")
            parts.push(qsTr("글씨 “%1”").arg(cake.lettering));
        return parts.join(" · ");
    }

    function differences(): string {
        const parts = line.changes.map(changeText);
        if (line.cake)
            parts.unshift(cakeText(line.cake));
        return parts.join(" · ");
    }

    height: Math.max(words.height, plate.visible ? plate.height : 0)
    Accessible.role: Accessible.CheckBox
    Accessible.name: name.text
    Accessible.checked: line.done

    Rectangle {
        visible: item.at
        x: -Theme.spaceM
        width: parent.width + Theme.spaceM * 2
        height: parent.height
        radius: Theme.spaceS
        color: Theme.lit
    }

    TapHandler {
        onTapped: item.tapped()
    }

    Icon {
        objectName: "lineDone"
        visible: item.line.done
        y: (name.height / Math.max(1, name.lineCount) - height) / 2
        name: "check"
        size: Theme.textM
        color: Theme.good
    }

    Label {
        id: count
        objectName: "quantity"
        visible: !item.line.done
        text: item.line.quantity
        strong: true
        font.pixelSize: Theme.textL
        lineHeight: 1
        color: item.line.quantity > 1 ? Theme.primary : Theme.ink
        width: Theme.textL * 1.4
        y: (name.height / Math.max(1, name.lineCount) - height) / 2
    }

    Picture {
        id: plate
        objectName: "cakePicture"
        visible: !!item.line.cake && !item.line.done
        anchors.right: parent.right
        width: Theme.textM * 5
        height: width
        source: item.picture
        around: item.at ? Theme.lit : Theme.card
        words: item.line.cake ? item.cakeText(item.line.cake) : ""
    }

    Column {
        id: words
        anchors { left: count.right; right: plate.visible ? plate.left : parent.right; rightMargin: plate.visible ? Theme.spaceM : 0 }

        Label {
            id: name
            objectName: "name"
            width: parent.width
            text: (item.line.done && item.line.quantity > 1 ? item.line.quantity + " " : "") + qsTr("%1 · %2").arg(item.line.name).arg(item.line.style)
            font.pixelSize: Theme.textM
            font.strikeout: item.line.done
            second: item.line.done
        }

        Label {
            objectName: "differences"
            width: parent.width
            visible: text !== ""
            text: item.differences()
            strong: true
            font.pixelSize: Theme.textM
            font.strikeout: item.line.done
            color: item.line.done ? Theme.inkSecond : Theme.primary
        }
    }
}
