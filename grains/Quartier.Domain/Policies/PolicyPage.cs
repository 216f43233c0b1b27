using Quartier.Contracts.Policies;

namespace Quartier.Domain.Policies;

/// <summary>A version and what it says, which is read when it is first asked for: most versions are history.</summary>
internal sealed class PolicyPage(PolicyDocument document)
{
    private readonly Lazy<PolicyDefinition?> _definition = new(() => PolicyFile.Read(document.Yaml).Policy);

    public PolicyDocument Document => document;

    /// <summary>Null when this program cannot read it.</summary>
    public PolicyDefinition? Definition => _definition.Value;
}
