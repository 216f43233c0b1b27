using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>A place in one part of a URL, and the first problem found there.</summary>
internal sealed class QueryScan(string text, string where, QueryBudget budget)
{
    /// <summary>The decoded text.</summary>
    public string Text { get; } = text;

    /// <summary>What is left of the URL's limits.</summary>
    public QueryBudget Budget { get; } = budget;

    /// <summary>The next character.</summary>
    public int Position { get; set; }

    /// <summary>The first problem; nothing counts after it.</summary>
    public QueryProblem? Problem { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => Position >= Text.Length;

    /// <summary>The next character, or '\0'.</summary>
    public char Next => Position < Text.Length ? Text[Position] : '\0';

    /// <summary>What is left.</summary>
    public ReadOnlySpan<char> Rest => Text.AsSpan(Position);

    /// <summary>Passes over blanks.</summary>
    public void Blanks()
    {
        while (Next is ' ' or '\t')
        {
            Position++;
        }
    }

    /// <summary>Takes the character if it is the next.</summary>
    public bool Take(char c)
    {
        if (Next != c || AtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Takes the word if it is the next and ends there.</summary>
    public bool TakeWord(string word)
    {
        if (!Rest.StartsWith(word, StringComparison.Ordinal) || IsName(At(Position + word.Length)))
        {
            return false;
        }

        Position += word.Length;
        return true;
    }

    /// <summary>The name that begins here; empty when none does.</summary>
    public string Name()
    {
        var start = Position;
        while (IsName(Next))
        {
            Position++;
        }

        return Text[start..Position];
    }

    /// <summary>Notes what was expected here; returns null for the caller to return.</summary>
    public T? Expected<T>(string expected)
        where T : class => Fail<T>(Position, $"Expected {expected}, found {Found()}.");

    /// <summary>Notes a problem; returns null for the caller to return.</summary>
    public T? Fail<T>(int position, string text, QueryProblemKind kind = QueryProblemKind.Syntax)
        where T : class
    {
        Problem ??= new QueryProblem(kind, text, where, position, null);
        return null;
    }

    /// <summary>Notes that a limit is exceeded; returns null for the caller to return.</summary>
    public T? Exceeded<T>(string limit, string text)
        where T : class
    {
        Problem ??= new QueryProblem(QueryProblemKind.LimitExceeded, text, where, Position, limit);
        return null;
    }

    /// <summary>One more level, of which there may not be too many; leave it again.</summary>
    public bool Enter()
    {
        if (Budget.TryEnter())
        {
            return true;
        }

        _ = Exceeded<object>("depth", $"More than {Budget.Limits.Depth} levels of parentheses, functions and expands. Ask a simpler question, or several.");
        return false;
    }

    /// <summary>One more node, of which there may not be too many.</summary>
    public bool Count()
    {
        if (Budget.TryCount())
        {
            return true;
        }

        _ = Exceeded<object>("nodes", $"More than {Budget.Limits.Nodes} operators, functions, names and literals. Ask a simpler question, or several.");
        return false;
    }

    // ':' and '.' stand in names of JSON properties and in geo.distance; '@' in @iot.id.
    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c is '_' or '@' or '.' or '-' or ':';

    private char At(int position) => position < Text.Length ? Text[position] : '\0';

    private string Found()
    {
        if (AtEnd)
        {
            return "the end";
        }

        var length = 1;
        while (IsName(Next) && IsName(At(Position + length)))
        {
            length++;
        }

        return $"'{Shortened.Text(Text.Substring(Position, length))}'";
    }
}
