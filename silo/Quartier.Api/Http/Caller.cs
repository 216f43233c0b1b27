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
        new(PrincipalKind.Person, Operator, Operator, [], [Role.Administrator, Role.Operator], null, long.MaxValue);

    public const string PurposeHeader = "Quartier-Purpose";

    /// <summary>Longest id, in characters.</summary>
    private const int IdMax = 64;

    public static QueryParameter PurposeParameter { get; } = new(
        "purpose", QueryKind.Text, "Id of the purpose for which is read. The header Quartier-Purpose does the same.")
    {
        Maximum = IdMax,
    };

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
        if (!ReadPurpose(request).TryGet(out var purpose, out var problem)
            || !QueryReader.Word(request, As).TryGet(out var named, out problem))
        {
            return problem;
        }

        var header = request.Headers[Header].ToString();
        if (header.Length > 0 && !As.Words.Contains(header, StringComparer.Ordinal))
        {
            return Problems.BadParameter(Header, header, $"one of {string.Join(", ", As.Words)} is expected in this header.");
        }

        // Whichever names the public wins: the two can only take rights away.
        return new Caller(named == Public || header == Public ? Principal.Public : AtTheMachine, purpose);
    }

    private static Outcome<string?> ReadPurpose(HttpRequest request)
    {
        var header = request.Headers[PurposeHeader].ToString();
        var named = request.Query[PurposeParameter.Name].ToString();
        if (header.Length > 0 && named.Length > 0 && header != named)
        {
            return Problems.BadParameter(PurposeParameter.Name, named, $"the header {PurposeHeader} says '{Problems.Quote(header)}'. State one purpose.");
        }

        var purpose = named.Length > 0 ? named : header;
        return purpose.Length switch
        {
            0 => (string?)null,
            <= IdMax when purpose.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') => purpose,
            _ => Problems.BadParameter(
                named.Length > 0 ? PurposeParameter.Name : PurposeHeader,
                purpose,
                $"the id of a purpose is lower-case letters, digits and '-', at most {IdMax}, as in the policy."),
        };
    }
}
