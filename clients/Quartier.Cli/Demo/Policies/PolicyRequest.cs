namespace Quartier.Cli.Demo.Policies;

/// <summary>One request and how it must be answered.</summary>
/// <param name="What">What it tries.</param>
/// <param name="Way">By which way.</param>
/// <param name="Who">Whose key is sent; see <see cref="PolicyTown"/>.</param>
/// <param name="Purpose">Id of the purpose that is stated; null for none.</param>
/// <param name="Target">What is asked for: an address below the city, or <c>gateway/sensor</c>.</param>
/// <param name="Expected">What must come: a status, <c>arrives</c>, <c>silent</c> or <c>ended</c>; with the reason of a denial after a blank.</param>
internal sealed record PolicyRequest(string What, Way Way, string Who, string? Purpose, string Target, string Expected)
{
    /// <summary>Text that must be in the answer's body or headers; null for nothing in particular.</summary>
    public string? Has { get; init; }

    /// <summary>Whether the live topics alone are subscribed to.</summary>
    public bool IsLive { get; init; }

    /// <summary>Readings in the one message that is sent.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>Text that must not be in the answer's body.</summary>
    public string? Lacks { get; init; }
}
