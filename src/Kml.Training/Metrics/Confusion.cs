namespace Kml.Training;

/// <summary>Predicted against actual verdicts.</summary>
/// <param name="TrueYes">Predicted yes, was yes.</param>
/// <param name="FalseYes">Predicted yes, was no.</param>
/// <param name="FalseNo">Predicted no, was yes.</param>
/// <param name="TrueNo">Predicted no, was no.</param>
/// <param name="Faulted">The verdict method faulted on the prediction; counted as wrong.</param>
public sealed record Confusion(int TrueYes, int FalseYes, int FalseNo, int TrueNo, int Faulted)
{
    /// <summary>All rows.</summary>
    public int Rows => TrueYes + FalseYes + FalseNo + TrueNo + Faulted;

    /// <summary>The share that is right; NaN without rows.</summary>
    public double Accuracy => (double)(TrueYes + TrueNo) / Rows;

    /// <summary>Counts the verdicts of predictions.</summary>
    /// <param name="rows">The rows of a model with a verdict.</param>
    /// <param name="predictions">The predictions' bits, one a row.</param>
    /// <returns>The counts.</returns>
    internal static Confusion Of(Dataset rows, uint[] predictions)
    {
        int trueYes = 0, falseYes = 0, falseNo = 0, trueNo = 0, faulted = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            switch (rows.VerdictOf(row, predictions[row]), rows.Verdict(row))
            {
                case (true, true):
                    trueYes++;
                    break;
                case (true, false):
                    falseYes++;
                    break;
                case (false, true):
                    falseNo++;
                    break;
                case (false, false):
                    trueNo++;
                    break;
                default:
                    faulted++;
                    break;
            }
        }

        return new Confusion(trueYes, falseYes, falseNo, trueNo, faulted);
    }
}
