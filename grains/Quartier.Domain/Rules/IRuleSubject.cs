namespace Quartier.Domain.Rules;

/// <summary>What rules are evaluated on. Hardly any evaluation raises something: names are asked for only when an alert is written.</summary>
public interface IRuleSubject
{
    /// <summary>How alerts name it.</summary>
    RuleSubject Describe();
}
