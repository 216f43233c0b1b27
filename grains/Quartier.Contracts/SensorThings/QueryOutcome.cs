using System.Diagnostics.CodeAnalysis;

namespace Quartier.Contracts.SensorThings;

/// <summary>A result, or why there is none.</summary>
public readonly struct QueryOutcome<T>
    where T : class
{
    private QueryOutcome(T? value, QueryProblem? problem) => (Value, Problem) = (value, problem);

    /// <summary>The result; null when there is a problem.</summary>
    public T? Value { get; }

    /// <summary>The problem; null when there is a result.</summary>
    public QueryProblem? Problem { get; }

    /// <summary>A result.</summary>
    public static implicit operator QueryOutcome<T>(T value) => new(value, null);

    /// <summary>A problem.</summary>
    public static implicit operator QueryOutcome<T>(QueryProblem problem) => new(null, problem);

    /// <summary>Tells the result from the problem.</summary>
    public bool Try([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out QueryProblem? problem)
    {
        (value, problem) = (Value, Problem);
        return value is not null;
    }
}
