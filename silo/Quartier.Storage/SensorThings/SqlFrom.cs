using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Tables joined along relations, in the making.</summary>
internal sealed class SqlFrom(SqlText sql)
{
    private readonly List<string> _tables = [];
    private readonly List<string> _conditions = [];

    /// <summary>Whether a step leads to Observations, which have no table: then nothing is found.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether nothing was joined.</summary>
    public bool IsEmpty => _tables.Count == 0;

    /// <summary>Whether it changes nothing of a statement.</summary>
    public bool SaysNothing => _tables.Count + _conditions.Count == 0;

    /// <summary>What stands after FROM.</summary>
    public string Tables => string.Join(", ", _tables);

    /// <summary>What stands after WHERE.</summary>
    public string Conditions => string.Join(" AND ", _conditions);

    /// <summary>Joins what the step leads to; returns its alias.</summary>
    public string Join(Navigation step, string from)
    {
        var alias = sql.Alias();
        if (Relation.Of(step) is not { } relation)
        {
            IsBroken = true;
            _tables.Add($"sta_thing {alias}");
            _conditions.Add("0");
            return alias;
        }

        if (relation.Links is { } links)
        {
            var link = sql.Alias();
            _tables.Add($"{links} {link}");
            _conditions.Add($"{link}.{relation.LinkSource} = {from}.id");
            _conditions.Add($"{alias}.id = {link}.{relation.LinkTarget}");
        }
        else
        {
            _conditions.Add(relation.SourceColumn is { } column ? $"{alias}.id = {from}.{column}" : $"{alias}.{relation.TargetColumn} = {from}.id");
        }

        _tables.Add($"{EntityTable.Of(step.Target).Name} {alias}");
        return alias;
    }

    /// <summary>Joins the sources of the kind that tell, or told, of the feature; returns their alias.</summary>
    public string JoinTelling(EntityKind kind, string feature)
    {
        var alias = sql.Alias();
        _tables.Add($"{EntityTable.Of(kind).Name} {alias}");
        _conditions.Add($"{alias}.id IN (SELECT source_id FROM sta_observed WHERE source_kind = {(int)kind} AND feature_id = {feature}.id)");
        return alias;
    }

    /// <summary>Joins every feature of which the source tells, or told; one row of nulls when there is none. Returns the features' alias.</summary>
    public string JoinTold(EntityKind kind, string source)
    {
        var (one, told, alias) = (sql.Alias(), sql.Alias(), sql.Alias());
        _tables.Add(
            $"(SELECT 1) {one} LEFT JOIN sta_observed {told} ON {told}.source_kind = {(int)kind} AND {told}.source_id = {source}.id LEFT JOIN sta_feature {alias} ON {alias}.id = {told}.feature_id");
        return alias;
    }

    /// <summary>Adds a condition on what is joined.</summary>
    public void Require(string condition) => _conditions.Add(condition);
}
