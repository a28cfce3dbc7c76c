//! Tables of what folding takes for the same.

/// What typography makes of a plain character, or hides: the plain one, or nothing.
pub(crate) fn typography(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‛' | 'ʼ' | 'ʻ' | '′' | '＇' => "'",
        'ŉ' => "'n",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        _ if is_space(c) => " ",
        _ if is_unseen(c) => "",
        _ => return None,
    })
}

fn is_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}')
        || matches!(c, '\u{202F}' | '\u{205F}' | '\u{3000}')
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Letters that NFD leaves whole, with what they are taken for where diacritics do not count.
pub(crate) fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'ı' => "i",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'þ' => "th",
        'Þ' => "TH",
        'ŧ' => "t",
        'Ŧ' => "T",
        'ħ' => "h",
        'Ħ' => "H",
        _ => return None,
    })
}

/// Whether a mark is one that people leave out when they type a name: the combining marks of Latin,
/// Greek and Cyrillic, the points of Hebrew, Arabic (with its lengthening stroke) and Syriac.
pub(crate) fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}')
        || matches!(c, '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}')
        || matches!(c, '\u{5C4}' | '\u{5C5}' | '\u{5C7}')
        || matches!(c, '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}')
        || matches!(c, '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}')
        || matches!(c, '\u{6EA}'..='\u{6ED}' | '\u{730}'..='\u{74A}')
        || matches!(c, '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
        || matches!(c, '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}
