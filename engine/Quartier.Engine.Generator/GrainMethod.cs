using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Quartier.Engine.Generator;

/// <summary>A method of a grain interface, seen as what its reference must do.</summary>
internal sealed class GrainMethod
{
    /// <summary>Nobody waits longer for a call: what takes days is begun by one call and asked after by others.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    public GrainMethod(IMethodSymbol method, string callClass)
    {
        Symbol = method;
        CallClass = callClass;
        var returned = (INamedTypeSymbol)method.ReturnType;
        IsValueTask = returned.Name == "ValueTask";
        Result = returned.TypeArguments.Length == 1 ? returned.TypeArguments[0].InCode() : null;
        Token = method.Parameters.FirstOrDefault(parameter => parameter.Type.IsNamed(KnownNames.CancellationToken))?.Name;
    }

    public IMethodSymbol Symbol { get; }

    /// <summary>The name of the nested class that carries a queued call.</summary>
    public string CallClass { get; }

    public bool IsValueTask { get; }

    /// <summary>The type of the result; null when there is none.</summary>
    public string? Result { get; }

    public string CallResult => Result ?? "global::Quartier.Engine.NoResult";

    /// <summary>The name of the cancellation token's parameter; null when there is none.</summary>
    public string? Token { get; }

    /// <summary>How long its callers wait, in ticks; 0 when the method does not say.</summary>
    public long TimeoutTicks => TryReadTimeout(Symbol, out var timeout) ? timeout.Ticks : 0;

    public string Interface => Symbol.ContainingType.InCode();

    public string TaskType => Result is null ? "global::System.Threading.Tasks.Task" : $"global::System.Threading.Tasks.Task<{Result}>";

    public string Options
    {
        get
        {
            var options = new List<string>();
            foreach (var (attribute, option) in new[]
                {
                    (KnownNames.ReadOnly, "ReadOnly"), (KnownNames.AlwaysInterleave, "AlwaysInterleave"), (KnownNames.OneWay, "OneWay"),
                })
            {
                if (Symbol.Attribute(attribute) is not null)
                {
                    options.Add("global::Quartier.Engine.CallOptions." + option);
                }
            }

            return options.Count == 0 ? "global::Quartier.Engine.CallOptions.None" : string.Join(" | ", options);
        }
    }

    public string Parameters => string.Join(", ", Symbol.Parameters.Select(parameter => $"{parameter.Type.InCode()} @{parameter.Name}"));

    public string Arguments => string.Join(", ", Symbol.Parameters.Select(parameter => "@" + parameter.Name));

    /// <summary>Why the engine cannot call the method; null when it can.</summary>
    public static string? ProblemOf(IMethodSymbol method)
    {
        if (method.IsGenericMethod)
        {
            return $"{method.Name} is generic; grain methods of the embedded engine are not.";
        }

        if (method.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
        {
            return $"{method.Name} has a parameter by reference; a call is a message.";
        }

        var returned = method.ReturnType;
        var isTask = returned.IsNamed(KnownNames.Task) || returned.IsNamed(KnownNames.Task + "<TResult>")
            || returned.IsNamed(KnownNames.ValueTask) || returned.IsNamed(KnownNames.ValueTask + "<TResult>");
        if (!isTask)
        {
            return $"{method.Name} must return Task, Task<T>, ValueTask or ValueTask<T>.";
        }

        return method.Attribute(KnownNames.ResponseTimeout) is not { } own || (TryReadTimeout(method, out var timeout) && timeout > TimeSpan.Zero && timeout <= LongestTimeout)
            ? null
            : $"{method.Name} has the response timeout '{own.StringArgument()}'; it must be longer than zero and at most {LongestTimeout}, such as 00:10:00.";
    }

    private static bool TryReadTimeout(IMethodSymbol method, out TimeSpan timeout) =>
        TimeSpan.TryParse(method.Attribute(KnownNames.ResponseTimeout).StringArgument(), CultureInfo.InvariantCulture, out timeout);
}
