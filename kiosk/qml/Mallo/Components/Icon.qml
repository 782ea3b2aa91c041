import QtQuick
import QtQuick.Shapes
import Mallo.Theme

// A line icon, drawn for this project on a grid of 24, in the colour of the word that it stands beside.
Item {
    id: icon

    required property string name
    property real size: Theme.textM
    property color color: Theme.ink
    readonly property var paths: ({
        back: "M15 4 L7 12 L15 20",
        next: "M9 4 L17 12 L9 20",
        home: "M3 12 L12 4 L21 12 M6 10 V20 H18 V10 M10 20 V14 H14 V20",
        bell: "M5 17 H19 M6 17 V12 A6 6 0 0 1 18 12 V17 M12 6 V4 M10 20 H14",
        large: "M3 19 L9 5 L15 19 M5 15 H13 M16 19 L19 12 L22 19 M17 17 H21",
        contrast: "M12 3 A9 9 0 1 1 12 21 A9 9 0 1 1 12 3 Z M12 3 V21 M12 8 L18 6 M12 12 H21 M12 16 L18 18",
        low: "M12 4 V15 M7 10 L12 15 L17 10 M4 20 H20",
        language: "M12 3 A9 9 0 1 1 12 21 A9 9 0 1 1 12 3 Z M3 12 H21 M12 3 C8 7 8 17 12 21 M12 3 C16 7 16 17 12 21",
        cart: "M3 5 H6 L8.5 15 H18 L20 8 H7 M9.5 19 A1 1 0 1 1 9.4 19 Z M16.5 19 A1 1 0 1 1 16.4 19 Z",
        plus: "M12 4 V20 M4 12 H20",
        minus: "M4 12 H20",
        check: "M4 13 L10 19 L20 6",
        close: "M5 5 L19 19 M19 5 L5 19",
        trash: "M4 7 H20 M9 7 V4 H15 V7 M6 7 L7 20 H17 L18 7 M10 11 V16 M14 11 V16",
        edit: "M4 20 L5 15 L16 4 L20 8 L9 19 Z M14 6 L18 10",
        mic: "M12 3 A3 3 0 0 1 15 6 V11 A3 3 0 0 1 9 11 V6 A3 3 0 0 1 12 3 Z M5 11 A7 7 0 0 0 19 11 M12 18 V21 M8 21 H16",
        stop: "M6 6 H18 V18 H6 Z",
        speaker: "M4 9 H8 L13 5 V19 L8 15 H4 Z M16 9 A4 4 0 0 1 16 15 M18.5 6 A8 8 0 0 1 18.5 18",
        dots: "M5 12 H5.2 M12 12 H12.2 M19 12 H19.2",
        keyboard: "M3 6 H21 V18 H3 Z M7 10 H7.2 M12 10 H12.2 M17 10 H17.2 M8 14 H16",
        again: "M19 12 A7 7 0 1 1 16.5 6.6 M17 2.5 V7 H12.5",
        warn: "M12 4 L22 20 H2 Z M12 10 V14 M12 17 V17.2",
        clock: "M12 3 A9 9 0 1 1 12 21 A9 9 0 1 1 12 3 Z M12 7 V12 L16 14",
        plate: "M12 5 A7 7 0 1 1 12 19 A7 7 0 1 1 12 5 Z M12 9 A3 3 0 1 1 12 15 A3 3 0 1 1 12 9 Z",
        bag: "M5 8 H19 L20 21 H4 Z M9 8 A3 3 0 0 1 15 8",
        cake: "M4 20 V12 H20 V20 Z M4 15 C7 18 9 14 12 16 C15 18 17 14 20 16 M12 12 V8 M12 5 V5.2",
        person: "M12 4 A4 4 0 1 1 12 12 A4 4 0 1 1 12 4 Z M4 21 A8 8 0 0 1 20 21",
        shift: "M12 4 L20 12 H16 V20 H8 V12 H4 Z",
        erase: "M9 5 H21 V19 H9 L3 12 Z M12 9 L18 15 M18 9 L12 15"
    })

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Shape {
        width: 24
        height: 24
        scale: icon.size / 24
        transformOrigin: Item.TopLeft
        antialiasing: true

        ShapePath {
            strokeColor: icon.color
            strokeWidth: 2
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg { path: icon.paths[icon.name] ?? "" }
        }
    }
}
