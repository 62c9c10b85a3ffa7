"""Which signs look or read like which letters: the tables the folding works with.

Own tables, chosen for Russian chats: only twins seen in evasions of Cyrillic and Latin words. Every key is
already casefolded, decomposed and free of combining marks.
"""

CYRILLIC_VOWELS = frozenset("аеиоуыэюяіє")

# Signs of other alphabets and private spellings that stand for one Cyrillic letter inside a Cyrillic word.
TO_CYRILLIC = str.maketrans(
    {
        "a": "а", "b": "в", "c": "с", "d": "д", "e": "е", "f": "ф", "g": "д", "h": "н", "i": "и", "j": "и",
        "k": "к", "l": "л", "m": "м", "n": "п", "o": "о", "p": "р", "q": "д", "r": "г", "s": "с", "t": "т", "u": "и",
        "v": "в", "w": "ш", "x": "х", "y": "у", "z": "з",
        "α": "а", "β": "в", "γ": "у", "δ": "д", "ε": "е", "ζ": "з", "η": "п", "ι": "и", "κ": "к", "λ": "л",
        "μ": "м", "ν": "у", "ο": "о", "π": "п", "ρ": "р", "σ": "о", "ς": "с", "τ": "т", "υ": "у", "φ": "ф",
        "χ": "х", "ω": "ш", "θ": "о", "і": "и", "ɑ": "а", "ɡ": "д", "ʙ": "в", "ᴋ": "к", "ᴍ": "м", "ʜ": "н",
        "ᴘ": "р", "ᴛ": "т", "ᴀ": "а", "ᴇ": "е", "ᴏ": "о", "ᴄ": "с", "ᴨ": "п", "ᴦ": "г", "ᴫ": "л", "ᴙ": "я",
        "ɯ": "ш", "ɔ": "э", "ʀ": "я", "ı": "и", "ө": "о", "ԁ": "д", "һ": "н", "ү": "у", "ҝ": "к", "қ": "к",
        "ң": "н", "ҳ": "х", "ӡ": "з", "ԍ": "с", "ѵ": "в", "ѡ": "ш", "є": "е", "ј": "и", "ѕ": "с", "ԛ": "д", "ґ": "г",
        "ᴩ": "р", "ᧉ": "е", "ꚍ": "т", "ᴅ": "д", "ɪ": "и", "ʏ": "у", "ʟ": "л", "ᴢ": "з", "ғ": "ф", "ɴ": "н", "ʍ": "м",
        "ᴜ": "и", "ᴠ": "в", "ᴡ": "ш", "ɢ": "г", "ꜱ": "с", "ʌ": "л", "ƅ": "ь", "ɓ": "б", "ƃ": "б", "ⲟ": "о", "ⲣ": "р",
        "օ": "о", "ս": "и", "հ": "н", "ց": "д", "ո": "п", "ѳ": "о", "ԝ": "ш",
    }
)  # fmt: skip

# The same glyphs read as Latin inside a Latin word.
TO_LATIN = str.maketrans(
    {
        "а": "a", "в": "b", "с": "c", "е": "e", "н": "h", "і": "i", "к": "k", "м": "m", "о": "o", "р": "p",
        "т": "t", "у": "y", "х": "x", "ј": "j", "ѕ": "s", "ԁ": "d", "ԛ": "q", "ԝ": "w", "һ": "h", "г": "r",
        "п": "n", "и": "u", "ѵ": "v", "ь": "b", "д": "g",
        "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "u", "ν": "v", "ο": "o",
        "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "ɑ": "a", "ɡ": "g", "ʙ": "b", "ᴋ": "k", "ᴍ": "m",
        "ʜ": "h", "ᴘ": "p", "ᴛ": "t", "ᴀ": "a", "ᴇ": "e", "ᴏ": "o", "ᴄ": "c", "ı": "i", "ᴅ": "d", "ɪ": "i", "ʏ": "y",
        "ʟ": "l",
        "ᴢ": "z", "ғ": "f", "ɴ": "n", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ɢ": "g", "ꜱ": "s", "ʀ": "r",
        "օ": "o", "ս": "u",
        "հ": "h", "ց": "g", "ո": "n",
    }
)  # fmt: skip

# Letters that are one script beyond doubt: the vote on what a word is written in counts only these.
CYRILLIC_ONLY = "бгджзилпфцчшщъыьэюя"
LATIN_ONLY = "dfgjlnqrsvwz"

# Digits and signs read as letters inside a Cyrillic word: after a consonant (or at the start), after a vowel.
LEET_CYRILLIC = {
    "0": ("о", "о"), "1": ("и", "л"), "3": ("е", "з"), "4": ("а", "ч"), "5": ("с", "с"), "6": ("б", "б"),
    "7": ("т", "т"), "8": ("в", "в"), "9": ("я", "д"), "@": ("а", "а"), "$": ("с", "с"), "|": ("и", "л"),
    "€": ("е", "е"),
}  # fmt: skip
LEET_LATIN = str.maketrans("013456789$€", "oieasbtbgse")
