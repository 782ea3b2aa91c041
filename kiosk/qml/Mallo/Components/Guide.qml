pragma Singleton
import QtQuick

// The voice guide. While it is on, whatever takes the keys says itself, and the first touch of a thing only says it:
// the next one acts. Who owns the window's voice listens to said().
QtObject {
    id: guide

    property bool on: false
    property Item chosen: null // touched once
    property string preface: "" // said before what takes the keys next

    signal said(words: string)

    onOnChanged: {
        chosen = null;
        preface = "";
    }

    function tell(words: string): void {
        if (on && words !== "")
            said(preface !== "" ? preface + " " + words : words);
        preface = "";
    }

    function choose(item: Item, words: string): void {
        const had = item.activeFocus;
        chosen = item;
        item.forceActiveFocus(Qt.TabFocusReason);
        if (had)
            tell(words);
    }

    // What stands in `item` and cannot be pressed, in the order in which it stands there.
    function standing(item: var): list<string> {
        const found = [];
        for (const child of Array.from(item.children)) {
            if (!child.visible || child.pressable)
                continue;
            if (child.aloud !== undefined)
                found.push(child.aloud);
            else
                found.push(...standing(child));
        }
        return found.filter(words => words !== "");
    }
}
