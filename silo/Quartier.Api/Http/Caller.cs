using Quartier.Contracts.Principals;

namespace Quartier.Api.Http;

/// <summary>On whose behalf a request reads. Until principals exist: the operator at the machine, or what the public would see.</summary>
/// <param name="Principal">Who.</param>
/// <param name="Purpose">Id of the purpose that was stated; null when none was.</param>
internal sealed record Caller(Principal Principal, string? Purpose)
{
    public const string Header = "Quartier-As";
    public const string Operator = "operator";
    public const string Public = "public";

    private static readonly Principal AtTheMachine =
        new(PrincipalKind.Person, Operator, Operator, [], [Role.Administrator, Role.Operator, Role.DataProtectionOfficer], null, long.MaxValue);

    public static QueryParameter As { get; } = new(
        "as", QueryKind.Word, "Shows what this principal would see. The header Quartier-As does the same.")
    {
        Words = [Operator, Public],
    };

    /// <summary>The caller of a request that has passed the <see cref="RequestGate"/>.</summary>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The route does not pass the request gate.");

    public static Outcome<Caller> Read(HttpRequest request)
    {
        if (!QueryReader.Word(request, As).TryGet(out var named, out var problem))
        {
            return problem;
        }

        var header = request.Headers[Header].ToString();
        if (header.Length > 0 && !As.Words.Contains(header, StringComparer.Ordinal))
        {
            return Problems.BadParameter(Header, header, $"one of {string.Join(", ", As.Words)} is expected in this header.");
        }

        // Whichever names the public wins: the two can only take rights away.
        return new Caller(named == Public || header == Public ? Principal.Public : AtTheMachine, null);
    }
}
