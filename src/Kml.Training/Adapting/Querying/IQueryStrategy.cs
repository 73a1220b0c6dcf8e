namespace Kml.Training.Adapting;

/// <summary>A way to tell which rows are worth a label. Immutable; what it works with in a round is its scorer.</summary>
public interface IQueryStrategy
{
    /// <summary>Its name in tables.</summary>
    string Name { get; }

    /// <summary>Prepares to score rows.</summary>
    /// <param name="context">What is known at this point.</param>
    /// <returns>The scorer.</returns>
    /// <exception cref="TrainingException">The strategy cannot work with this model; the message says which can.</exception>
    IQueryScorer Prepare(QueryContext context);
}
