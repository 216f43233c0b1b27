using System.CommandLine;
using Quartier.Client.Accounts;

namespace Quartier.Cli.Accounts;

/// <summary>What can be said about a person.</summary>
internal sealed class PersonOptions
{
    private readonly Option<string?> name = new("--name") { Description = "For people." };
    private readonly Option<string[]?> roles = List("--role", "administrator, operator, approver or data-protection-officer; '' for none.");
    private readonly Option<string[]?> offices = List("--office", "Id of an office; '' for none.");
    private readonly Option<string?> city = new("--in-city") { Description = "Id of the only city in which the account counts; '' for all." };
    private readonly Option<string?> issuer = new("--issuer") { Description = "OpenID Connect: the identity provider's address." };
    private readonly Option<string?> subject = new("--subject") { Description = "OpenID Connect: the person's unchanging name at the issuer." };
    private readonly Option<string?> email = new("--email") { Description = "OpenID Connect: the verified address that links the first sign-in." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { name, roles, offices, city, issuer, subject, email })
        {
            command.Add(option);
        }
    }

    public PersonChange Read(ParseResult arguments) => new()
    {
        Name = arguments.GetValue(name),
        Roles = Given(arguments, roles),
        Offices = Given(arguments, offices),
        City = arguments.GetValue(city),
        Issuer = arguments.GetValue(issuer),
        Subject = arguments.GetValue(subject),
        Email = arguments.GetValue(email),
    };

    private static Option<string[]?> List(string name, string description) =>
        new(name) { Description = description + " Several: repeat it, or separate by commas.", AllowMultipleArgumentsPerToken = false };

    private static string[]? Given(ParseResult arguments, Option<string[]?> option) => arguments.GetResult(option) is { Implicit: false }
        ? [.. (arguments.GetValue(option) ?? []).SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))]
        : null;
}
