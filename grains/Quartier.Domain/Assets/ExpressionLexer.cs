namespace Quartier.Domain.Assets;

/// <summary>Cuts an expression into tokens.</summary>
internal static class ExpressionLexer
{
    private const string SingleSymbols = "+-*/(),<>";
    private static readonly string[] DoubleSymbols = ["==", "!=", "<=", ">="];

    /// <summary>The tokens with one that is empty at the end; or the first problem.</summary>
    public static List<ExpressionToken> Read(string text, out ExpressionProblem? problem)
    {
        var tokens = new List<ExpressionToken>();
        problem = null;
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var length = LengthAt(text, at);
            if (length == 0)
            {
                problem = new ExpressionProblem(at, $"the character '{text[at]}' has no meaning here");
                break;
            }

            tokens.Add(new ExpressionToken(text.Substring(at, length), at));
            at += length;
        }

        tokens.Add(new ExpressionToken("", text.Length));
        return tokens;
    }

    private static int LengthAt(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (char.IsAsciiDigit(rest[0]))
        {
            return NumberLength(rest);
        }

        if (char.IsAsciiLetter(rest[0]) || rest[0] == '_')
        {
            var end = 1;
            while (end < rest.Length && (char.IsAsciiLetterOrDigit(rest[end]) || rest[end] == '_'))
            {
                end++;
            }

            return end;
        }

        foreach (var symbol in DoubleSymbols)
        {
            if (rest.StartsWith(symbol, StringComparison.Ordinal))
            {
                return symbol.Length;
            }
        }

        return SingleSymbols.Contains(rest[0], StringComparison.Ordinal) ? 1 : 0;
    }

    private static int NumberLength(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        if (end < 0)
        {
            return rest.Length;
        }

        if (rest[end] != '.' || end + 1 == rest.Length || !char.IsAsciiDigit(rest[end + 1]))
        {
            return end;
        }

        var fraction = rest[(end + 1)..].IndexOfAnyExceptInRange('0', '9');
        return fraction < 0 ? rest.Length : end + 1 + fraction;
    }
}
