namespace Quartier.Domain.Assets;

/// <summary>A piece of an expression: a number, a name or a symbol; empty at the end.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="Position">Index of its first character.</param>
internal readonly record struct ExpressionToken(string Text, int Position)
{
    public bool IsEnd => Text.Length == 0;

    public bool IsNumber => !IsEnd && char.IsAsciiDigit(Text[0]);

    public bool IsName => !IsEnd && (char.IsAsciiLetter(Text[0]) || Text[0] == '_');

    public bool Is(string text) => string.Equals(Text, text, StringComparison.Ordinal);
}
