namespace Kml.Training;

/// <summary>A way to fit a model of one kind to samples. Immutable: one learner, one seed, one result, to the bit.</summary>
public interface ILearner
{
    /// <summary>Its name in tables, such as <c>boosted trees 60x3</c>.</summary>
    string Name { get; }

    /// <summary>Fits.</summary>
    /// <param name="train">Rows to learn from; their weights count.</param>
    /// <param name="validation">
    /// Rows to decide on (when to stop, which size); null if the learner has nothing to decide, or is to decide on its own training rows.
    /// </param>
    /// <returns>The fitted model.</returns>
    /// <exception cref="TrainingException">The samples or the learner's settings do not allow it; the message names the place and the remedy.</exception>
    IPredictor Fit(Samples train, Samples? validation = null);
}
