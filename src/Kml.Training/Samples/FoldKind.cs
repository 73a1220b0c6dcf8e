namespace Kml.Training;

/// <summary>What the folds of a cross validation keep.</summary>
public enum FoldKind
{
    /// <summary>Nothing: rows at random.</summary>
    Plain,

    /// <summary>The shares of the classes.</summary>
    Stratified,

    /// <summary>Groups together: none is on both sides.</summary>
    Grouped,
}
