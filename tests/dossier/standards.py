"""What two standards of other bodies say, of what our exchange files use of them: names and values alone.

FollowTheMoney 4.0.0 (MIT licence), `followthemoney/schema/*.yaml` of the published wheel: of each schema that
is written the properties used, with their types, those of what it extends among them; and what it requires.
HTCDS 2.0 (IOM, CC BY 4.0, each field marked DRAFT), "HTCDS Field Standards 2.0.ods" of UNMigration/HTCDS at
3c2f653 (2023-01-24): of each field that is written its type, and its value names where it is a picklist. For
countries the standard names ISO 3166, two letters.
"""

_THING = {"name": "name", "summary": "text", "country": "country", "sourceUrl": "url"}
_INTERVAL = {"startDate": "date", "endDate": "date", "date": "date"}
FTM = {
    "Person": {**_THING, "gender": "gender", "nationality": "country", "deathDate": "date"},
    "Organization": _THING,
    "Event": {**_THING, **_INTERVAL, "location": "address", "involved": "entity"},
    "Document": {**_THING, "title": "string", "date": "date", "publishedAt": "date", "fileName": "string"},
}
FTM_REQUIRED = {"Person": "name", "Organization": "name", "Event": "name", "Document": "fileName"}
FTM_GENDERS = frozenset({"male", "female", "other"})

HTCDS: dict[str, tuple[str, frozenset[str]]] = {
    "prs_Gender": (
        "Picklist",
        frozenset(
            {
                *("Feminine", "Masculine", "TransgenderFeminine", "TransgenderMasculine"),
                *(
                    "NonConforming",
                    "NonSpecifiedUnknown",
                ),
            }
        ),
    ),
    "prs_Deceased": ("Checkbox", frozenset()),
    "prs_NumberOfChildren": ("Number", frozenset()),
    "prs_Citizenship": ("Multiselect Picklist", frozenset()),
    "vic_MethodsOfControl": (
        "Multiselect Picklist",
        frozenset(
            {
                *("PhysicalThreats", "ThreatsLawEnforcement", "ThreatensChildrenFamily"),
                *("DebtBondage", "FalsePromises", "PhysicalAbuse", "SexualAbuse", "TakesEarnings"),
                *("RestrictsFinancialAccess", "RestrictsMedicalCare", "WithholdsNecessities"),
                *("PsychologicalAbuse", "PsychoactiveSubstance", "ExcessiveWorkingHours"),
                *(
                    "WithholdsDocuments",
                    "Other",
                ),
            }
        ),
    ),
    "vic_TypeOfExploitation": (
        "Multiselect Picklist",
        frozenset(
            {
                *("ForcedLabour", "SexualExploitation", "ChildLabour", "ForcedMarriage"),
                *("Servitude", "ForcedMilitaryByNonStateActors", "OrganRemoval", "ForcedBegging"),
                *(
                    "ForcedAdoption",
                    "Surrogacy",
                    "Other",
                ),
            }
        ),
    ),
    "vic_ForcedLabourIndustry": (
        "Picklist",
        frozenset(
            {
                *("A_AgricultureForestryAndFishing", "B_MiningAndQuarrying", "C_Manufacturing"),
                *("D_ElectricityGasSteamAndAirConditioningSupply",),
                *("E_WaterSupplySewerageWasteManagement", "F_Construction"),
                *("G_WholesaleAndRetailTradeRepairOfMotorVehicles", "H_TransportationAndStorage"),
                *("I_AccommodationAndFoodServiceActivities", "J_InformationAndCommunication"),
                *("K_FinancialAndInsuranceActivities", "L_RealEstateActivities"),
                *("M_ProfessionalScientificAndTechnicalActivities",),
                *("N_AdministrativeAndSupportServiceActivities", "O_PublicAdministrationAndDefence"),
                *("P_Education", "Q_HumanHealthAndSocialWorkActivities"),
                *("R_ArtsEntertainmentAndRecreation", "S_OtherServiceActivities"),
                *("T_ActivitiesOfHouseholdsAsEmployers",),
                *("U_ActivitiesOfExtraterritorialOrganizations",),
            }
        ),
    ),
    "vic_TypeOfSexExploitation": (
        "Multiselect Picklist",
        frozenset(
            {
                *("Prostitution", "Pornography", "RemoteInteractiveServices"),
                *("PrivateSexualServices",),
            }
        ),
    ),
    "per_RoleInProcess": (
        "Multiselect Picklist",
        frozenset(
            {
                *("TravellingPartner", "Transporter", "RecruiterOrIntermediary"),
                *("BrokerTravelAgent", "TransferredIndividual", "HarbouredIndividual"),
                *("SoldIndividual", "BoughtIndividual", "ReceivedIndividual"),
                *(
                    "ControlledIndividual",
                    "Smuggler",
                    "Abuser",
                    "Kidnapper",
                    "Exploiter",
                    "Other",
                ),
            }
        ),
    ),
}
