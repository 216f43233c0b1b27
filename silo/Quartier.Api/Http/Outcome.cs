using System.Diagnostics.CodeAnalysis;

namespace Quartier.Api.Http;

/// <summary>A value, or the problem that stands in its place.</summary>
internal readonly struct Outcome<T>
{
    private readonly T? _value;
    private readonly ApiProblem? _problem;

    private Outcome(T? value, ApiProblem? problem)
    {
        _value = value;
        _problem = problem;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(ApiProblem problem) => new(default, problem);

    /// <summary>True with the value, false with the problem.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out ApiProblem? problem)
    {
        value = _value;
        problem = _problem;
        return _problem is null;
    }
}
